// What do the labels of a rendered message stand for? A table a language; their texts are Microsoft's own.
// Sources: Microsoft Learn, the page of each audit event (English); the strings of adtschema.dll as uitranslation.com lists them
// (German, event 4688); events 4624, 4625, 4688, 5145 and 7045 of Windows in each language, as public write-ups and parsers show them.
// Apostrophes are straight here, whatever Windows writes.

export interface Labels {
  /** Whose account a section tells of, as the names of its data begin. */
  readonly parties: Readonly<Record<string, string>>
  readonly accounts: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
}

export const english: Labels = {
  parties: {
    Subject: 'Subject',
    'Creator Subject': 'Subject',
    'Target Subject': 'Target',
    'New Logon': 'Target',
    'Target Account': 'Target',
    'Account For Which Logon Failed': 'Target',
    'Account Whose Credentials Were Used': 'Target',
  },
  accounts: {
    'Security ID': 'UserSid',
    'Account Name': 'UserName',
    'Account Domain': 'DomainName',
    'Logon ID': 'LogonId',
    'Logon GUID': 'LogonGuid',
  },
  labels: {
    'New Process ID': 'NewProcessId',
    'New Process Name': 'NewProcessName',
    'Token Elevation Type': 'TokenElevationType',
    'Mandatory Label': 'MandatoryLabel',
    'Creator Process ID': 'ProcessId',
    'Creator Process Name': 'ParentProcessName',
    'Process Command Line': 'CommandLine',
    'Process ID': 'ProcessId',
    'Process Name': 'ProcessName',
    'Logon Type': 'LogonType',
    'Logon Process': 'LogonProcessName',
    'Authentication Package': 'AuthenticationPackageName',
    'Impersonation Level': 'ImpersonationLevel',
    'Workstation Name': 'WorkstationName',
    'Source Network Address': 'IpAddress',
    'Source Address': 'IpAddress',
    'Source Port': 'IpPort',
    'Object Server': 'ObjectServer',
    'Object Type': 'ObjectType',
    'Object Name': 'ObjectName',
    'Handle ID': 'HandleId',
    'Share Name': 'ShareName',
    'Share Path': 'ShareLocalPath',
    'Relative Target Name': 'RelativeTargetName',
    'Access Mask': 'AccessMask',
    Accesses: 'AccessList',
    'Service Name': 'ServiceName',
    'Service File Name': 'ServiceFileName',
    'Service Type': 'ServiceType',
    'Service Start Type': 'ServiceStartType',
    'Service Account': 'ServiceAccount',
    'Task Name': 'TaskName',
    'Task Content': 'TaskContent',
  },
}

const german: Labels = {
  parties: {
    Antragsteller: 'Subject',
    Zielantragsteller: 'Target',
    'Neue Anmeldung': 'Target',
    'Konto, für das die Anmeldung fehlgeschlagen ist': 'Target',
  },
  accounts: {
    'Sicherheits-ID': 'UserSid',
    Kontoname: 'UserName',
    Kontodomäne: 'DomainName',
    'Anmelde-ID': 'LogonId',
    'Anmelde-GUID': 'LogonGuid',
  },
  labels: {
    'ID des neuen Prozesses': 'NewProcessId',
    'Neuer Prozessname': 'NewProcessName',
    Tokenerhöhungstyp: 'TokenElevationType',
    'Verbindliche Beschriftung': 'MandatoryLabel',
    'Erstellerprozess-ID': 'ProcessId',
    Erstellerprozessname: 'ParentProcessName',
    Prozessbefehlszeile: 'CommandLine',
    'Prozess-ID': 'ProcessId',
    Prozessname: 'ProcessName',
    'Aufrufprozess-ID': 'ProcessId',
    Aufrufprozessname: 'ProcessName',
    Anmeldetyp: 'LogonType',
    Anmeldeprozess: 'LogonProcessName',
    Authentifizierungspaket: 'AuthenticationPackageName',
    Arbeitsstationsname: 'WorkstationName',
    Quellnetzwerkadresse: 'IpAddress',
    Quellport: 'IpPort',
    Status: 'Status',
    Unterstatus: 'SubStatus',
    Dienstname: 'ServiceName',
    Dienstdateiname: 'ServiceFileName',
    Diensttyp: 'ServiceType',
    Dienststarttyp: 'ServiceStartType',
    Dienstkonto: 'ServiceAccount',
  },
}

const french: Labels = {
  parties: {
    Sujet: 'Subject',
    'Objet créateur': 'Subject',
    'Objet cible': 'Target',
    'Nouvelle ouverture de session': 'Target',
    'Compte cible': 'Target',
  },
  accounts: {
    'ID de sécurité': 'UserSid',
    'Nom du compte': 'UserName',
    'Domaine du compte': 'DomainName',
    "ID d'ouverture de session": 'LogonId',
    'ID de connexion': 'LogonId',
    "GUID d'ouverture de session": 'LogonGuid',
  },
  labels: {
    'ID du nouveau processus': 'NewProcessId',
    'Nom du nouveau processus': 'NewProcessName',
    "Type d'élévation du jeton": 'TokenElevationType',
    'Étiquette obligatoire': 'MandatoryLabel',
    'ID du processus créateur': 'ProcessId',
    'Nom du processus créateur': 'ParentProcessName',
    'Ligne de commande du processus': 'CommandLine',
    'Ligne de commande de processus': 'CommandLine',
    'ID du processus': 'ProcessId',
    'Nom du processus': 'ProcessName',
    "Type d'ouverture de session": 'LogonType',
    "Processus d'ouverture de session": 'LogonProcessName',
    "Package d'authentification": 'AuthenticationPackageName',
    'Nom de la station de travail': 'WorkstationName',
    'Adresse du réseau source': 'IpAddress',
    'Port source': 'IpPort',
    'Nom du service': 'ServiceName',
    'Nom du fichier de service': 'ServiceFileName',
  },
}

const spanish: Labels = {
  parties: {
    Firmante: 'Subject',
    'Firmante creador': 'Subject',
    'Nuevo inicio de sesión': 'Target',
  },
  accounts: {
    'Id. de seguridad': 'UserSid',
    'Identificador de seguridad': 'UserSid',
    'Nombre de cuenta': 'UserName',
    'Dominio de cuenta': 'DomainName',
    'Id. de inicio de sesión': 'LogonId',
    'Identificador de inicio de sesión': 'LogonId',
    'GUID de inicio de sesión': 'LogonGuid',
  },
  labels: {
    'Nombre del nuevo proceso': 'NewProcessName',
    'Tipo de elevación de token': 'TokenElevationType',
    'Línea de comandos de proceso': 'CommandLine',
    'Id. de proceso': 'ProcessId',
    'Nombre de proceso': 'ProcessName',
    'Tipo de inicio de sesión': 'LogonType',
    'Nivel de suplantación': 'ImpersonationLevel',
    'Nombre de estación de trabajo': 'WorkstationName',
    'Dirección de red de origen': 'IpAddress',
    'Dirección de origen': 'IpAddress',
    'Puerto de origen': 'IpPort',
    'Nombre del recurso compartido': 'ShareName',
    'Ruta de acceso de recurso compartido': 'ShareLocalPath',
    'Nombre de destino relativo': 'RelativeTargetName',
  },
}

const japanese: Labels = {
  parties: {
    サブジェクト: 'Subject',
    'クリエーター サブジェクト': 'Subject',
    'ターゲット サブジェクト': 'Target',
    新しいログオン: 'Target',
    ログオンを失敗したアカウント: 'Target',
  },
  accounts: {
    'セキュリティ ID': 'UserSid',
    アカウント名: 'UserName',
    'アカウント ドメイン': 'DomainName',
    'ログオン ID': 'LogonId',
  },
  labels: {
    '新しいプロセス ID': 'NewProcessId',
    新しいプロセス名: 'NewProcessName',
    トークン昇格の種類: 'TokenElevationType',
    '作成元プロセス ID': 'ProcessId',
    'クリエーター プロセス ID': 'ProcessId',
    作成元プロセス名: 'ParentProcessName',
    'プロセスのコマンド ライン': 'CommandLine',
    プロセス名: 'ProcessName',
    'ログオン タイプ': 'LogonType',
    'ログオン プロセス': 'LogonProcessName',
    認証パッケージ: 'AuthenticationPackageName',
    ワークステーション名: 'WorkstationName',
    'ソース ネットワーク アドレス': 'IpAddress',
    'ソース ポート': 'IpPort',
    サービス名: 'ServiceName',
    'サービス ファイル名': 'ServiceFileName',
    サービスの種類: 'ServiceType',
    サービス開始の種類: 'ServiceStartType',
    'サービス アカウント': 'ServiceAccount',
  },
}

export const otherLanguages: readonly Labels[] = [
  german,
  french,
  spanish,
  japanese,
]
