// Flat JSON that names its log source itself, in Sigma's words at its top level.

/** They say where the event is from, and are no part of what it says. */
export const hintNames: readonly string[] = ['product', 'category', 'service']

/** Family of what tells besides which event of the Windows log it is. */
export const hintedWindows = 'hinted-windows'
