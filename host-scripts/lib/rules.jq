# Writes lib/rules.sh from the verbs' declarations (input) and the value types ($types).

def limits:
  ($types[0][.type] + .) as $all
  | if $all.kind == "integer" then "integer \($all.min) \($all.max)"
    elif $all.kind == "choice" then "choice \($all.values | join(" "))"
    elif $all.kind == "boolean" then "boolean"
    elif $all.kind == "pem" then "pem \($all.maxLength)"
    elif $all.kind == "list" then "list \($all.maxItems) \({type: $all.of} | limits)"
    else "\($all.kind) \($all.maxLength) \($all.pattern)" end;
def text:
  ($types[0][.type] + .) as $all
  | if $all.kind == "integer" then "a whole number from \($all.min) to \($all.max)"
    elif $all.kind == "choice" then "one of: \($all.values | join(", "))"
    else $all.text end;
def lines($prefix):
  to_entries[] | "rules[\($prefix)\(.key)]=\(.value | limits | @sh) texts[\($prefix)\(.key)]=\(.value | text | @sh)";

($types[0].call | lines("call.")),
({dryRun: {type: "boolean"}} | lines("")),
"case $verb in",
(.[] | "  \(.verb))", "    wants_call=\(.changes) is_long=\(.long // false) own_keys=(\(.input | to_entries | map(select(.value.required != false) | .key) | join(" ")))", (.input | lines("") | "    " + .), "    ;;"),
"esac"
