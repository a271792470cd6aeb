// Hours of the week, in UTC: 0 begins at midnight between Wednesday and Thursday, as time does.

const msPerHour = 3_600_000
export const hoursOfWeek = 168
export const msPerWeek = hoursOfWeek * msPerHour

export function hourOfWeek(time: number): number {
  return Math.floor(time / msPerHour) % hoursOfWeek
}

const days = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed']

/** `sat 03:00`. */
export function hourName(hour: number): string {
  const own = (hour + hoursOfWeek) % hoursOfWeek
  return `${days[Math.floor(own / 24)]} ${String(own % 24).padStart(2, '0')}:00`
}
