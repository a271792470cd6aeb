// What kind of record is it, and does it stand alone? Numbers and names: the kernel's include/uapi/linux/audit.h and
// audit-userspace's lib/msg_typetab.h.

import { entryOf } from '../../base/entry.ts'

/** Types that the kernel joins into one event; the netlink multicast group tells them by number. */
const kernelTypes: Readonly<Record<number, string>> = {
  1006: 'LOGIN',
  1300: 'SYSCALL',
  1302: 'PATH',
  1303: 'IPC',
  1304: 'SOCKETCALL',
  1305: 'CONFIG_CHANGE',
  1306: 'SOCKADDR',
  1307: 'CWD',
  1309: 'EXECVE',
  1311: 'IPC_SET_PERM',
  1312: 'MQ_OPEN',
  1313: 'MQ_SENDRECV',
  1314: 'MQ_NOTIFY',
  1315: 'MQ_GETSETATTR',
  1316: 'KERNEL_OTHER',
  1317: 'FD_PAIR',
  1318: 'OBJ_PID',
  1319: 'TTY',
  1320: 'EOE',
  1321: 'BPRM_FCAPS',
  1322: 'CAPSET',
  1323: 'MMAP',
  1324: 'NETFILTER_PKT',
  1325: 'NETFILTER_CFG',
  1326: 'SECCOMP',
  1327: 'PROCTITLE',
  1328: 'FEATURE_CHANGE',
  1329: 'REPLACE',
  1330: 'KERN_MODULE',
  1331: 'FANOTIFY',
  1332: 'TIME_INJOFFSET',
  1333: 'TIME_ADJNTPVAL',
  1334: 'BPF',
  1335: 'EVENT_LISTENER',
  1336: 'URINGOP',
  1337: 'OPENAT2',
  1338: 'DM_CTRL',
  1339: 'DM_EVENT',
  1400: 'AVC',
  1401: 'SELINUX_ERR',
  1402: 'AVC_PATH',
  1403: 'MAC_POLICY_LOAD',
  1404: 'MAC_STATUS',
  1405: 'MAC_CONFIG_CHANGE',
  1420: 'MAC_TASK_CONTEXTS',
  1421: 'MAC_OBJ_CONTEXTS',
  1700: 'ANOM_PROMISCUOUS',
  1701: 'ANOM_ABEND',
  1702: 'ANOM_LINK',
  1703: 'ANOM_CREAT',
}

/** Types that programs send, one record an event. */
const userTypes: Readonly<Record<number, string>> = {
  1100: 'USER_AUTH',
  1101: 'USER_ACCT',
  1102: 'USER_MGMT',
  1103: 'CRED_ACQ',
  1104: 'CRED_DISP',
  1105: 'USER_START',
  1106: 'USER_END',
  1107: 'USER_AVC',
  1108: 'USER_CHAUTHTOK',
  1109: 'USER_ERR',
  1110: 'CRED_REFR',
  1111: 'USYS_CONFIG',
  1112: 'USER_LOGIN',
  1113: 'USER_LOGOUT',
  1114: 'ADD_USER',
  1115: 'DEL_USER',
  1116: 'ADD_GROUP',
  1117: 'DEL_GROUP',
  1118: 'DAC_CHECK',
  1119: 'CHGRP_ID',
  1120: 'TEST',
  1121: 'TRUSTED_APP',
  1122: 'USER_SELINUX_ERR',
  1123: 'USER_CMD',
  1124: 'USER_TTY',
  1125: 'CHUSER_ID',
  1126: 'GRP_AUTH',
  1127: 'SYSTEM_BOOT',
  1128: 'SYSTEM_SHUTDOWN',
  1129: 'SYSTEM_RUNLEVEL',
  1130: 'SERVICE_START',
  1131: 'SERVICE_STOP',
  1132: 'GRP_MGMT',
  1133: 'GRP_CHAUTHTOK',
  1134: 'MAC_CHECK',
  1135: 'ACCT_LOCK',
  1136: 'ACCT_UNLOCK',
  1137: 'USER_DEVICE',
  1138: 'SOFTWARE_UPDATE',
  1200: 'DAEMON_START',
  1201: 'DAEMON_END',
  1202: 'DAEMON_ABORT',
  1203: 'DAEMON_CONFIG',
  1205: 'DAEMON_ROTATE',
  1206: 'DAEMON_RESUME',
  1207: 'DAEMON_ACCEPT',
  1208: 'DAEMON_CLOSE',
  1209: 'DAEMON_ERR',
  2300: 'USER_ROLE_CHANGE',
  2304: 'USER_LABELED_EXPORT',
  2306: 'USER_MAC_POLICY_LOAD',
  2307: 'USER_MAC_CONFIG_CHANGE',
  2313: 'USER_MAC_STATUS',
  2400: 'CRYPTO_TEST_USER',
  2401: 'CRYPTO_PARAM_CHANGE_USER',
  2402: 'CRYPTO_LOGIN',
  2403: 'CRYPTO_LOGOUT',
  2404: 'CRYPTO_KEY_USER',
  2405: 'CRYPTO_FAILURE_USER',
  2406: 'CRYPTO_REPLAY_USER',
  2407: 'CRYPTO_SESSION',
  2408: 'CRYPTO_IKE_SA',
  2409: 'CRYPTO_IPSEC_SA',
  2500: 'VIRT_CONTROL',
  2501: 'VIRT_RESOURCE',
  2502: 'VIRT_MACHINE_ID',
}

const standsAlone = new Set(Object.values(userTypes))

/** `SYSCALL` of `SYSCALL`, `1300` and `UNKNOWN[1300]`; the text itself where nothing better is known. */
export function recordType(text: string): string {
  const c = text.charCodeAt(0)
  if (c >= 0x30 && c <= 0x39) return typeOfNumber(Number(text)) ?? text
  if (!text.startsWith('UNKNOWN[')) return text
  return typeOfNumber(Number.parseInt(text.slice(8), 10)) ?? text
}

function typeOfNumber(n: number): string | undefined {
  return kernelTypes[n] ?? userTypes[n]
}

/** Records that no other record belongs to: they need not wait for one. */
export function isSingle(type: string): boolean {
  return standsAlone.has(type) || type.startsWith('AUOMS_')
}

const ranks: Readonly<Record<string, number>> = {
  SYSCALL: 1,
  URINGOP: 1,
  CWD: 3,
  PATH: 4,
  PROCTITLE: 5,
}

/**
 * The place of a type within its event, in the kernel's order (kernel/auditsc.c, audit_log_exit): what was logged while
 * the syscall ran, the syscall, its auxiliary records, the directory, the paths, the title.
 */
export function rankOf(type: string): number {
  return entryOf(ranks, type) ?? (early.has(type) ? 0 : 2)
}

const early = new Set([
  'AVC',
  'LOGIN',
  'CONFIG_CHANGE',
  'SECCOMP',
  'ANOM_ABEND',
  'ANOM_LINK',
  'ANOM_PROMISCUOUS',
  'MAC_STATUS',
  'MAC_POLICY_LOAD',
  'MAC_CONFIG_CHANGE',
  'SELINUX_ERR',
  'KERN_MODULE',
  'BPF',
  'FEATURE_CHANGE',
])
