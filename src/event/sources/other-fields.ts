// Fields of providers' own that stand beside the canonical ones, and how Splunk calls them. Sources: field lists of the Splunk
// add-ons for Windows and Sysmon as splunk/security_content's data sources show them; Splunk CIM 5.
import type { FieldType, OtherNames } from '../schema/field.ts'

export interface OtherField extends OtherNames {
  readonly type?: FieldType
}

const security: Readonly<Record<string, OtherField>> = {
  SubjectUserName: { addOn: 'Account_Name' },
  SubjectUserSid: { addOn: 'Security_ID', cim: 'user_id' },
  SubjectLogonId: { addOn: 'Logon_ID' },
  LogonType: { addOn: 'Logon_Type' },
  TokenElevationType: { addOn: 'Token_Elevation_Type' },
  MandatoryLabel: { addOn: 'Mandatory_Label' },
  NewProcessId: { addOn: 'New_Process_ID' },
  NewProcessName: {
    type: 'path',
    addOn: 'New_Process_Name',
    cim: 'process_path',
    cimBase: 'process_name process_exec',
  },
  ParentProcessName: {
    type: 'path',
    addOn: 'Creator_Process_Name',
    cim: 'parent_process_path',
    cimBase: 'parent_process_name parent_process_exec',
  },
  ShareName: { addOn: 'Share_Name' },
  RelativeTargetName: {
    addOn: 'Relative_Target_Name',
    cim: 'file_path',
    cimBase: 'file_name',
  },
  AccessMask: { addOn: 'Access_Mask' },
  ObjectName: {
    addOn: 'Object_Name',
    cim: 'file_path registry_path registry_key_name',
  },
  ObjectValueName: { cim: 'registry_value_name' },
  NewValue: { cim: 'registry_value_data' },
  NewValueType: { cim: 'registry_value_type' },
  ServiceFileName: { addOn: 'Service_File_Name', cim: 'service_path' },
  TaskName: { addOn: 'Task_Name' },
  IpAddress: { addOn: 'Source_Network_Address', cim: 'src_ip src' },
  IpPort: { cim: 'src_port' },
  WorkstationName: { addOn: 'Workstation_Name', cim: 'src_host' },
}

const sysmon: Readonly<Record<string, OtherField>> = {
  SourceProcessGUID: { addOn: 'SourceProcessGuid', cim: 'process_guid' },
  TargetProcessGUID: { addOn: 'TargetProcessGuid', cim: 'target_process_guid' },
  CreationUtcTime: { cim: 'file_create_time' },
  Hash: { cim: 'file_hash' },
  Protocol: { cim: 'transport' },
  QueryResults: { cim: 'answer' },
  Signed: {
    cim: 'service_dll_signature_verified service_dll_signature_exists',
  },
  SignatureStatus: { cim: 'signature_status' },
}

const others: Readonly<Record<string, OtherField>> = {
  Security_UserID: { cim: 'user_id' },
  ImagePath: { addOn: 'Service_File_Name', cim: 'service_path' },
  ScriptBlockText: { addOn: 'script_block_text Script_Block_Text' },
  // Zeek
  'id.orig_h': { cim: 'src_ip' },
  'id.orig_p': { cim: 'src_port' },
  'id.resp_h': { cim: 'dest_ip' },
  'id.resp_p': { cim: 'dest_port' },
}

export const otherFields: Readonly<Record<string, OtherField>> = {
  ...security,
  ...sysmon,
  ...others,
}
