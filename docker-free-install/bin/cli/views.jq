# How answers of the panel are shown to people. Each function without arguments is a view: JSON in, text out.
# Views are only given what went through `cleaned`.

# Control characters, and those that reorder or hide text, must not reach a terminal: names, reasons and logs
# may have been written by anybody.
def unclean: test("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

# Logs have lines; everywhere else a line break is as foreign as any control character.
def clean_all:
  if type == "object" then with_entries(
    .key as $key | .value |= (if $key == "log" and type == "string" then split("\n") else . end | clean_all))
  elif type == "array" then map(clean_all)
  elif type == "string" and unclean then gsub("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]"; "?")
  else . end;

# One look at all texts together: looking at each of a thousand rows takes longer than everything else.
def cleaned: if [.. | strings] | add // "" | unclean then clean_all else . end;

def text: if . == null then "" else tostring end;

def paint($code): if $colour then "\u001b[\($code)m\(.)\u001b[0m" else . end;

def state_colour:
  if . == "ACTIVE" or . == "SUCCEEDED" or . == "HEALTHY" or . == "DONE" then "32"
  elif . == "FAILED" or . == "STALLED" or . == "UNHEALTHY" or . == "DENIED" or . == "UNDO-FAILED" then "31"
  elif . == "SUSPENDED" or . == "DELETED" or . == "UNDONE" or . == "DEGRADED" or . == "REFUSED" or . == "DISABLED"
    then "33"
  elif endswith("DAMAGED") then "31"
  else "0" end;

def word: text | ascii_downcase | split("_") | join("-");

def yes_no: if . then "yes" else "no" end;

# To the minute, in the zone of whoever looks.
def moment:
  if . == null then "" else (.[0:19] + "Z" | fromdateiso8601 | strflocaltime("%Y-%m-%d %H:%M"))? // . end;

def seconds_between($from; $to):
  if $from == null or $to == null then ""
  else
    def instant: (.[0:19] + "Z" | fromdateiso8601) + ("0." + ((capture("\\.(?<f>[0-9]{1,3})") | .f) // "0") | tonumber);
    (($to | instant) - ($from | instant)) | . * 10 | round / 10 | "\(.) s"
  end;

def size: if . == null then "" elif . >= 1024 then "\(. / 102.4 | round / 10) GiB" else "\(.) MiB" end;

def pad($width): . + (" " * ($width - length) // "");

# Rows of cells to aligned columns. A row is an array of texts; colours are put on after the widths are known.
def table($head):
  ([$head] + .) as $rows
  | [range($head | length)] | map(. as $column | $rows | map(.[$column] | length) | max) as $widths
  | ($head | length - 1) as $last
  | range($rows | length) as $number
  | $rows[$number] as $row
  | [range($last + 1) as $column
      | $row[$column]
      | if $column < $last then pad($widths[$column]) else . end
      | if $number == 0 then paint("1")
        elif $colour and ($head[$column] == "STATE" or $head[$column] == "RESULT") then paint($row[$column] | ascii_upcase | state_colour)
        else . end]
  | join("  ");

# Says when there are more rows than were printed.
def more:
  if .total > (.items | length) then "\(.items | length) of \(.total); more with --limit and --offset." else empty end;

def listing($head; row):
  if (.items | length) == 0 then "Nothing found."
  else
    (.items | map([row] | map(text)) | table($head)),
    more
  end;

# Name and value below each other, those without a value left out.
def facts:
  map(select(.[1] != null and .[1] != "")) | (map(.[0] | length) | max) as $width
  | .[] | "\(.[0] | pad($width) | paint("2"))  \(.[1])";

def person: if type == "object" then .login // .name else . end | text;

def site_names: if .unicodeName and .unicodeName != .name then "\(.unicodeName) (\(.name))" else .name end;

def sites:
  listing(["ID", "NAME", "STATE", "TYPE", "PHP", "OWNER", "CREATED"];
    .id, .name, (.state | word) + (if .damaged then ", damaged" else "" end), (.type | word), .phpVersion, (.owner | person), (.createdAt | moment));

def site:
  ([
    ["Name", site_names], ["Id", .id], ["State", (.state | word | paint(ascii_upcase | state_colour))],
    ["Reason", (.suspendReason)], ["Type", (.type | word)], ["Owner", (.owner | person)],
    ["Address", (.url)], ["Answers to", ([.names[]? | "\(.name) (\(.kind | word))"] | join(", "))],
    ["www", (.www | word)], ["HTTPS", (.tls | objects | (if .forceHttps then "forced" else "beside HTTP" end) + (if .hsts != "off" then ", HSTS \(.hsts)" else "" end) + (if .http3 then ", HTTP/3" else "" end))], ["PHP", (.phpVersion)], ["Database", (.databaseName // .database | if . == false then null else . end)],
    ["Linux user", (.user)], ["Files", (.home)], ["Plan", (.plan | if type == "object" then .name else . end)],
    ["On disk", (.disk | objects | if .bytes then "\(.bytes / 1048576 | ceil | size) of \(.limitBytes / 1048576 | size)" else "not counted yet, at most \(.limitBytes / 1048576 | size)" end)],
    ["On disk, files", (.disk | objects | if .files then "\(.files) of \(.limitFiles)" else "not counted yet, at most \(.limitFiles)" end)],
    ["Created", (.createdAt | moment)], ["Deleted", (.deletedAt | moment)], ["Removed on", (.purgeAt | moment)]
  ] | facts),
  (.damage, .quarantine | values | "", (.what | paint("31")), "  \(.why)", "  \(.todo)"),
  (if (.dns // []) != [] then "", ("DNS records to set" | paint("1")),
    (.dns | map([.name, .type, .value, (.status | word)] | map(text)) | table(["NAME", "TYPE", "VALUE", "NOW"])) else empty end);

def name_check:
  if .free == true or .available == true then "\(site_names) is free." else "\(site_names) cannot be used.", ((.problem // empty) | .what, .why, .todo) end;

def preview: .url;

def jobs:
  listing(["ID", "STATE", "JOB", "SITE", "BY", "STARTED", "TOOK"];
    .id, (.state | word), (.title // .type), (.site.name? // .targetName), (.actor | person), (.createdAt | moment),
    seconds_between(.startedAt; .finishedAt));

def step_lines:
  .[] | "  \(.state | word | . as $state | pad(11) | paint($state | ascii_upcase | state_colour))  \(.title // .name)  \(seconds_between(.startedAt; .finishedAt))",
    (if .log != null and (.state == "FAILED" or .state == "UNDO_FAILED") then (.log | if type == "string" then split("\n") else . end | .[] | select(. != "") | "      \(.)") else empty end);

def job:
  ([
    ["Job", .id], ["What", (.title // .type)], ["Site", (.site.name? // .targetName)],
    ["State", (.state | word | paint(ascii_upcase | state_colour))], ["By", (.actor | person)],
    ["Created", (.createdAt | moment)], ["Took", seconds_between(.startedAt; .finishedAt)],
    ["Why", (.problem.why?)], ["What to do", (.problem.todo?)]
  ] | facts),
  (if (.steps // []) != [] then "", (.steps | step_lines) else empty end);

def job_queued: "Job \(.id) is on its way. To see it: berth job watch \(.id)";

# Jobs one after the other, to lines of fields divided by the unit separator: what `jobs.sh` reads.
def over: . as $state | ["SUCCEEDED", "FAILED", "UNDONE", "CANCELLED", "STALLED"] | index($state) != null;

def progress:
  . as $job | cleaned
  | (.steps[]? | select(.state != "PENDING")
    | ["step", .position, .state, seconds_between(.startedAt; .finishedAt), (.title // .name)] | map(text) | join("\u001f")),
  "job\u001f\($job | tojson)",
  (if .state | over then "over" else empty end);

# What went wrong, from a problem document or from a job: fields divided by the unit separator.
def problem_line: [.what // .title, .why // .detail, .todo, .reference] | map(text) | join("\u001f");

def problems:
  if .problem then .problem | problem_line
  elif .steps then ["The job ended as \(.state | word).", "", "berth job show \(.id) tells what each step did."] | map(text) | join("\u001f")
  elif (.errors // []) | length > 0 then .reference as $reference | .errors[] | .reference = $reference | problem_line
  else problem_line end;

def users:
  listing(["ID", "LOGIN", "NAME", "ROLE", "STATE", "LAST LOGIN"];
    .id, .login, .displayName, (.role | word), (.state | word), (.lastLoginAt | moment));

def user:
  [
    ["Login", (.login)], ["Id", .id], ["Name", (.displayName)], ["Mail", (.email)],
    ["Role", (.role | word)], ["State", (.state | word | paint(ascii_upcase | state_colour))],
    ["Created", (.createdAt | moment)], ["Last login", (.lastLoginAt | moment)],
    ["One-time password", (.oneTimePassword)], ["Works until", (.oneTimePasswordExpiresAt // .expiresAt | moment)]
  ] | facts;

def tokens:
  listing(["ID", "NAME", "CREATED", "EXPIRES", "LAST USED"];
    .id, .name, (.createdAt | moment), (.expiresAt | moment), (.lastUsedAt | moment));

# Shown once and never again, so alone on its line.
def token: .token;

def audit:
  listing(["WHEN", "WHO", "VIA", "FROM", "WHAT", "ON", "RESULT", "DETAIL"];
    (.at | moment), (.actor | person), (.via | word), .address, .action, (.target.name? // .targetName), (.result | word), .detail);

def plans:
  (if type == "array" then {items: ., total: length} else . end)
  | listing(["NAME", "MEMORY", "CPU", "TASKS", "PHP CHILDREN", "DISK", "FILES", "DEFAULT"];
      .name, (.memoryMib | size), "\(.cpuPercent) %", .tasks, .phpChildren, (.diskMib | size), .files, ((.isDefault // .default) | yes_no));

def certificates:
  listing(["SITE", "OWNER", "AUTHORITY", "EXPIRES", "NEXT", "FAILURES", "ATTENTION"];
    .site, (.owner // "–"), (.authority // if .notAfter then "uploaded" else "–" end), (if .notAfter then .notAfter | moment else "self-signed" end), (.nextAt | moment), .failures, (.attention | yes_no));

def found:
  ({items: .certificates, total: (.certificates | length)}
    | listing(["FOLDER", "NAMES", "EXPIRES", "SITES"];
        .lineage, (.names | join(", ")), (.notAfter | moment),
        (if .problem then .problem.why
          elif .sites == [] then "for none here"
          else .sites | map("\(.name)\(if .served then " (has it)" elif .selfSigned then "" else " (has another)" end)") | join(", ") end))),
  (if .complete then empty else "There are more than can be looked at in one go." end);

def imports: if .jobs == [] then "There is nothing that a site could take over now." else .jobs[] | "\(.title) \(.targetName): berth job watch \(.id)" end;

def certificate:
  ([
    ["Site", .site], ["Served", (.served | if . == null then "self-signed; browsers warn" elif .uploaded then "\(.issuer), uploaded" else .issuer end)],
    ["Revoked since", (.served | values | select(.state == "REVOKED") | .endedAt | moment | paint("31"))],
    ["Number", .served.number], ["One before", .before],
    ["For", ((.served // .shown).names // [] | join(", "))], ["Not for", (if .served or .shown then .uncovered | join(", ") else null end)],
    ["From", ((.served // .shown).notBefore | moment)], ["Until", ((.served // .shown).notAfter | moment)], ["SHA-256", (.served // .shown).fingerprint],
    ["Authority", .authority], ["Key", .keyType], ["Left out", (.leftOut | join(", "))],
    ["Proven by", ([.challenge, .dnsAccess] | map(values) | join(", "))], ["Wildcards", (.wildcards // [] | join(", "))],
    ["By itself", (.automatic | values | yes_no)], ["Next order", (.nextAt | moment)], ["Failures", (.failures | if . == 0 then null else . end)]
  ] | facts),
  ({items: (.history // [])} | select(.items != [])
    | "", (.total = (.items | length) | listing(["NUMBER", "STATE", "ISSUED BY", "FROM", "UNTIL"];
        .number, (.state | word), .issuer, (.notBefore | moment), (.notAfter | moment)))),
  (.doubt, .problem, .unorderable | values | "", (.what | paint("31")), "  \(.why)", "  \(.todo)");

def certificate_check:
  .check
  | ({items: .names, total: (.names | length)} | listing(["NAME", "LEADS TO", "PROOF", "CERTIFICATE"];
      .name, .addresses, (.fault // if .detour then "comes back (*)" else "comes back" end), (if .covered then "is for it" else "is not for it" end))),
    "",
    ([["Looked", (.at | moment)], ["Until", (.notAfter | moment)], ["Issued by", (.issuers | join(" < "))]] | facts),
    (.detour | values | "", "(*) \(.what)", "  \(.why)", "  \(.todo)"),
    (.doubt | values | "", (.what | paint("31")), "  \(.why)", "  \(.todo)");

def authorities:
  listing(["ID", "NAME", "DIRECTORY", "TERMS AGREED", "DEFAULT", "REFUSES"];
    .id, .name, .url, (.termsAgreedAt | moment), (.isDefault | yes_no), (.problem.why // ""));

def authority:
  ([["Name", .name], ["Id", .id], ["Directory", .url], ["E-mail", .email], ["Profile", .profile], ["Terms agreed", (.termsAgreedAt | moment)],
    ["Account", .account], ["Account number", .externalKeyId], ["Default", (.isDefault | yes_no)],
    ["By itself", (.automatic | yes_no)]] | facts),
    (.problem | values | "", (.what | paint("31")), "  \(.why)", "  \(.todo)");

def authority_facts:
  [["Terms", .terms], ["Website", .website], ["Wants an account", (.externalAccountRequired | yes_no)],
    ["Profiles", (.profiles | to_entries | map("\(.key) (\(.value))") | join("; "))]] | facts;

def dns_accesses:
  listing(["ID", "NAME", "KIND", "ZONES", "OFFERED"]; .id, .name, .kind, (.zones | join(", ")), (.offered | yes_no));

def dns_access:
  [["Name", .name], ["Id", .id], ["Kind", .kind], ["Proven live", (.provenLive | yes_no)], ["Zones", (.zones | join(", "))],
    ["Server", .server], ["Account", .account], ["Algorithm", .algorithm], ["Offered to owners", (.offered | yes_no)],
    ["Sites", (.sites | join(", "))]] | facts;

def dns_test:
  [["Written and removed", (.records | join(", "))], ["Seen at", (.servers | join(", "))]] | facts;

def mail:
  [["Server", "\(.host):\(.port)"], ["Protection", .security], ["User", .login], ["Password", (if .hasPassword then "stored" else "none" end)],
    ["Sender", .sender], ["Recipients", (.recipients | join(", "))], ["Language", .language],
    ["Mail about", (.alarms | if . == [] then "nothing" else join(", ") end)], ["Own roots", (.roots != null | yes_no)]] | facts;

def mail_answers: .answers[] | "\(.recipient): \(.answer)";

def mails:
  listing(["ID", "RECIPIENT", "SUBJECT", "STATE", "ATTEMPTS", "WRITTEN", "NEXT", "RESULT"];
    .id, .recipient, .subject, (.state | word), .attempts, (.createdAt | moment), (.nextAt | moment), (.problem.why // ""));

def tls: "\(.profile) (\(if .profile == "modern" then "TLS 1.3 only" else "TLS 1.2 and 1.3" end))";

def status:
  (.health.state // .state) as $state
  | ("Berth \(.version) is \($state | word | paint($state | state_colour))."),
    ((.health.reasons // .reasons // [])[] | "  \(.what) \(.todo)"),
    ((.health.hints // [])[] | "  Hint: \(.what) \(.why) \(.todo)"),
    (.host // empty | ([
      ["Addresses", ([.addresses.ipv4[]?, .addresses.ipv6[]?] | join(", "))],
      ["PHP", ([.phpVersions[]?] | join(", "))],
      ["Memory", "\(.memoryAvailableMiB | size) of \(.memoryMiB | size) free"],
      ["Disk", "\(.diskFreeMiB | size) of \(.diskMiB | size) free"], ["Load", .load1]
    ] | facts)),
    (.host.services // [] | if length > 0 then "", (map([.name, .state, .sub, .unit] | map(text)) | table(["SERVICE", "STATE", "DETAIL", "UNIT"])) else empty end);

# A finding with the places that it is about, each on a line of its own.
def finding:
  "", (if .repairable then "* " elif .remedy == "NONE" then "! " else "? " end) + (.what | paint("1")),
    "  Why:        \(.why)",
    "  What to do: \(.todo)",
    (.missing[] | "  missing     \(.)"),
    (.surplus[] | "  too much    \(.)");

def doctor:
  (if .healthy then "All as it should be (\(.examined) sites)."
   else
     "\(.findings | length) differences, \(.examined) sites examined.",
     (.findings[] | finding),
     (if any(.findings[]; .repairable) then "", "* can be repaired: berth doctor --repair" else empty end)
   end),
  (if .busy != [] then "", "Left out, since a job works on them: \(.busy | map(.name) | join(", "))" else empty end);

def repairs: if .jobs == [] then "There is nothing to repair." else .jobs[] | "\(.title) \(.targetName): berth job watch \(.id)" end;

def job_ended: "  \(.state | word)  \(.title // .type) \(.targetName)";

def changed: if .login then user elif .type and .name then site else empty end;
