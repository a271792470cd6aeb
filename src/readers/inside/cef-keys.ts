// The names that CEF itself gives to what an event says. Source: OpenText, "ArcSight Common Event Format (CEF) Implementation
// Standard", the dictionary of extensions, without the words that any command line may have (`act`, `app`, `in`, `out`, `type`).

const listed =
  'c6a1 c6a1Label c6a2 c6a2Label c6a3 c6a3Label c6a4 c6a4Label cat cfp1 cfp1Label cfp2 cfp2Label cfp3 cfp3Label cfp4 cfp4Label cnt dest destinationDnsDomain destinationServiceName destinationTranslatedAddress destinationTranslatedPort deviceCustomDate1 deviceCustomDate1Label deviceCustomDate2 deviceCustomDate2Label deviceDirection deviceDnsDomain deviceExternalId deviceFacility deviceInboundInterface deviceNtDomain deviceOutboundInterface devicePayloadId deviceProcessName deviceTranslatedAddress deviceZoneURI dhost dmac dntdom dpid dpriv dproc dpt dst dtz duid duser dvc dvchost dvcmac dvcpid externalId fileCreateTime fileHash fileId fileModificationTime filePath filePermission fileType fname fsize msg oldFileCreateTime oldFileHash oldFileId oldFileModificationTime oldFileName oldFilePath oldFilePermission oldFileSize oldFileType outcome proto requestClientApplication requestContext requestCookies requestMethod rt shost smac sntdom sourceDnsDomain sourceServiceName sourceTranslatedAddress sourceTranslatedPort spid spriv sproc spt src suid suser destinationProcessName sourceProcessName destinationHostName deviceHostName deviceReceiptTime deviceAddress deviceEventCategory'

const numbered = ['cs', 'cn', 'flexString', 'flexDate', 'flexNumber']

export const cefKeys: ReadonlySet<string> = new Set([
  ...listed.split(' '),
  ...numbered.flatMap((name) =>
    [1, 2, 3, 4, 5, 6].flatMap((n) => [`${name}${n}`, `${name}${n}Label`]),
  ),
])
