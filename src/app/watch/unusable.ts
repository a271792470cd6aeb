/** The folder of a watch's state cannot be used as it is: for the person who named it. */
export class UnusableState extends Error {}
