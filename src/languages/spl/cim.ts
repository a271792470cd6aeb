// Which data sets and fields the Common Information Model has, as data: a search that asks for another name can be told.
// Source: Splunk's manual "Common Information Model", 4.20 to 8.5 (one page a model, "Fields for ... event datasets"), and the models of
// the add-on itself (Splunk_SA_CIM, default/data/models), which say what a field is where the source has no value: its "calculations".
// All_Risk is Enterprise Security's: "Risk Analysis framework" in Splunk's "Enterprise Security" on dev.splunk.com.

export interface CimDataSet {
  readonly model: string
  readonly name: string
  /** The data set whose fields it has as well. */
  readonly parent: string | undefined
  /** Fields that have a value in every event, and which that is where the source says nothing. */
  readonly filled: ReadonlyMap<string, string>
  /** Those and all others, but for what is inherited. */
  readonly fields: ReadonlySet<string>
}

interface Written {
  /** Filled with `unknown`. */
  readonly filled?: string
  /** Filled with something else. */
  readonly else?: Readonly<Record<string, string>>
  readonly fields?: string
  /** Who or what asset and identity correlation tells more of: `dest_category`, `user_priority`. */
  readonly about?: string
  readonly children?: Readonly<Record<string, Written>>
}

/** Every event has these. */
const everywhere =
  '_time host source sourcetype index splunk_server tag eventtype cim_entity_zone'

const startedBy =
  'parent_process_exec parent_process_guid parent_process_hash parent_process_id parent_process_path'
const inProcess =
  'process_exec process_guid process_hash process_id process_path'
const flags =
  'dest_is_expected dest_requires_av dest_should_timesync dest_should_update'

/** By model, its data sets; those within one another as the model has them. */
const written: Readonly<Record<string, Readonly<Record<string, Written>>>> = {
  Endpoint: {
    Ports: {
      filled: 'dest src transport user vendor_product',
      else: { dest_port: '0', src_port: '0' },
      fields: `creation_time process_guid process_id state transport_dest_port ${flags} src_requires_av src_should_timesync src_should_update`,
      about: 'dest src user',
    },
    Processes: {
      filled:
        'dest loaded_file original_file_name parent_process parent_process_name parent_user process process_name user vendor_product',
      fields: `action cpu_load_percent mem_used os process_current_directory process_integrity_level user_id ${startedBy} ${inProcess} ${flags}`,
      about: 'dest user',
    },
    Services: {
      filled:
        'dest service service_id service_name start_mode status user vendor_product',
      fields: `description process_guid process_id service_dll service_dll_hash service_dll_path service_dll_signature_exists service_dll_signature_verified
        service_exec service_hash service_path service_signature_exists service_signature_verified ${flags}`,
      about: 'dest user',
    },
    Filesystem: {
      filled:
        'action dest file_acl file_hash file_name file_path parent_process parent_process_name process process_name user vendor_product',
      fields: `file_access_time file_create_time file_modify_time file_size image ${startedBy} ${inProcess} ${flags}`,
      about: 'dest user',
    },
    Registry: {
      filled: `action dest parent_process parent_process_name process process_name registry_key_name registry_path registry_value_data
        registry_value_name registry_value_type user vendor_product`,
      fields: `image registry_hive registry_value_text status ${startedBy} ${inProcess} ${flags}`,
      about: 'dest user',
    },
  },
  Network_Traffic: {
    All_Traffic: {
      filled: 'action dest dvc rule src transport user vendor_product',
      else: { dest_port: '0', src_port: '0' },
      fields: `app bytes bytes_in bytes_out channel dest_interface dest_ip dest_mac dest_translated_ip dest_translated_port dest_zone direction duration
        dvc_ip dvc_mac dvc_zone flow_id icmp_code icmp_type packets packets_in packets_out process_guid process_id protocol protocol_version
        response_time rule_id session_id src_interface src_ip src_mac src_translated_ip src_translated_port src_zone ssid tcp_flag tos ttl
        vendor_account vlan wifi`,
      about: 'dest dvc src user',
      children: {
        Traffic_By_Action: {
          children: { Allowed_Traffic: {}, Blocked_Traffic: {} },
        },
      },
    },
  },
  Network_Resolution: {
    DNS: {
      filled: 'answer dest message_type query reply_code_id vendor_product',
      fields: `additional_answer_count answer_count authority_answer_count dest_ip dest_port duration name query_count query_type record_type reply_code
        response_time src src_ip src_port transaction_id transport ttl`,
      about: 'dest src',
    },
  },
  Web: {
    Web: {
      filled:
        'action dest http_content_type http_method http_referrer http_user_agent src status url user vendor_product',
      fields: `app bytes bytes_in bytes_out cached category cookie dest_ip dest_port duration http_referrer_domain http_user_agent_length response_time
        site src_ip uri_path uri_query url_domain url_length`,
      about: 'dest src user',
      children: {
        Proxy: {},
        Storage: { fields: 'error_code operation storage_name' },
      },
    },
  },
  Authentication: {
    Authentication: {
      filled: 'action app dest result src src_user user',
      fields: `authentication_method authentication_service dest_nt_domain duration process reason reason_id response_time session_id signature signature_id
        src_nt_domain src_user_id src_user_role src_user_type user_agent user_id user_role user_type vendor_account`,
      about: 'dest src src_user user',
      children: {
        Failed_Authentication: {},
        Successful_Authentication: {},
        Default_Authentication: {
          children: {
            Failed_Default_Authentication: {},
            Successful_Default_Authentication: {},
          },
        },
        Insecure_Authentication: {},
        Privileged_Authentication: {
          children: {
            Failed_Privileged_Authentication: {},
            Successful_Privileged_Authentication: {},
          },
        },
      },
    },
  },
  Change: {
    All_Changes: {
      filled: `action change_type command dest dvc object object_attrs object_category object_id object_path result src status user user_name
        vendor_product`,
      else: { result_id: '-1' },
      fields: 'user_agent user_type vendor_account vendor_region',
      about: 'dest src user',
      children: {
        Account_Management: {
          filled: 'dest_nt_domain src_nt_domain src_user src_user_name',
          fields: 'src_user_type',
          about: 'src_user',
          children: {
            Account_Lockouts: {},
            Accounts_Created: {},
            Accounts_Deleted: {},
            Accounts_Updated: {},
          },
        },
        Auditing_Changes: {},
        Endpoint_Changes: {
          children: { Endpoint_Restarts: {}, Other_Endpoint_Changes: {} },
        },
        Instance_Changes: { filled: 'image_id instance_type' },
        Network_Changes: {
          fields:
            'dest_ip_range dest_port_range device_restarts direction protocol rule_action src_ip_range src_port_range',
          children: { Device_Restarts: {} },
        },
      },
    },
  },
  Malware: {
    Malware_Attacks: {
      filled:
        'action category date dest dest_nt_domain severity signature user vendor_product',
      fields:
        'dest_ip dest_requires_av file_hash file_name file_path severity_id signature_id src src_ip src_user url',
      about: 'dest src user',
      children: {
        Allowed_Malware: {},
        Blocked_Malware: {},
        Deferred_Malware: {},
        Quarantined_Malware: {},
      },
    },
    Malware_Operations: {
      filled:
        'dest dest_nt_domain product_version signature_version vendor_product',
      fields: 'dest_requires_av',
      about: 'dest',
    },
  },
  Email: {
    All_Email: {
      filled: 'action dest recipient src src_user vendor_product',
      fields: `delay duration file_hash file_name file_size internal_message_id message_id message_info orig_dest orig_recipient orig_src process process_id
        protocol recipient_count recipient_domain recipient_status response_time retries return_addr size src_user_domain status_code subject
        url user xdelay xref`,
      about: 'dest src src_user user',
      children: {
        Content: {},
        Delivery: {},
        Filtering: {
          fields:
            'filter_action filter_score signature signature_extra signature_id',
        },
      },
    },
  },
  Intrusion_Detection: {
    IDS_Attacks: {
      filled:
        'category dest dvc ids_type severity signature src user vendor_product',
      fields:
        'action dest_ip dest_port dest_type file_hash file_name file_path severity_id signature_id src_ip src_port transport',
      about: 'dest dvc src user',
      children: {
        Application_IDS_Attacks: {},
        Host_IDS_Attacks: {},
        Network_IDS_Attacks: {},
      },
    },
  },
  Certificates: {
    All_Certificates: {
      fields:
        'dest dest_port duration response_time src src_port transport vendor_product',
      about: 'dest src',
      children: {
        SSL: {
          fields: `ssl_end_time ssl_engine ssl_hash ssl_is_valid ssl_issuer ssl_issuer_common_name ssl_issuer_email ssl_issuer_email_domain
            ssl_issuer_locality ssl_issuer_organization ssl_issuer_state ssl_issuer_street ssl_issuer_unit ssl_name ssl_policies ssl_publickey
            ssl_publickey_algorithm ssl_serial ssl_session_id ssl_signature_algorithm ssl_start_time ssl_subject ssl_subject_common_name
            ssl_subject_email ssl_subject_email_domain ssl_subject_locality ssl_subject_organization ssl_subject_state ssl_subject_street
            ssl_subject_unit ssl_validity_window ssl_version`,
        },
      },
    },
  },
  Risk: {
    All_Risk: {
      filled: 'risk_object risk_object_type',
      fields: `analyticstories annotations annotations.mitre_attack annotations.mitre_attack.mitre_tactic annotations.mitre_attack.mitre_tactic_id
        annotations.mitre_attack.mitre_technique annotations.mitre_attack.mitre_technique_id calculated_risk_score control creator description dest
        governance normalized_risk_object risk_event_id risk_factor_add risk_factor_add_matched risk_factor_mult risk_factor_mult_matched
        risk_message risk_score savedsearch_description search_name severity src test threat_object threat_object_type user`,
      about: 'dest risk_object src user',
    },
  },
}

const words = (text = '') => text.split(/\s+/).filter(Boolean)

function* setsOf(
  model: string,
  of: Readonly<Record<string, Written>>,
  parent?: string,
): Generator<CimDataSet> {
  for (const [name, set] of Object.entries(of)) {
    const filled = new Map([
      ...words(set.filled).map((f) => [f, 'unknown'] as const),
      ...Object.entries(set.else ?? {}),
    ])
    const about = words(set.about).flatMap((who) =>
      ['bunit', 'category', 'priority'].map((what) => `${who}_${what}`),
    )
    const fields = new Set([
      ...filled.keys(),
      ...words(set.fields),
      ...about,
      ...words(everywhere),
    ])
    yield { model, name, parent, filled, fields }
    yield* setsOf(model, set.children ?? {}, name)
  }
}

/** By name. No two of them have the same. */
export const cimDataSets: ReadonlyMap<string, CimDataSet> = new Map(
  Object.entries(written)
    .flatMap(([model, sets]) => [...setsOf(model, sets)])
    .map((set) => [set.name, set]),
)

export const cimModels: ReadonlySet<string> = new Set(Object.keys(written))
