# Checks a verb's input against its declaration ($verb) and the value types ($types), and prints one key=value a line.
# Reads events (jq --stream), since a parsed object no longer shows that a key stood there twice.

def clip: if length > 60 then .[:60] + "…" else . end;
def refuse($field; $why; $todo): error({field: $field, why: $why, todo: $todo});

def document:
  # Collected, since jq 1.6 lets a try catch what goes wrong after it, too.
  [try [inputs] catch null][0] as $events
  | if $events == null then refuse(""; "It is not JSON."; "Write one JSON object.") else . end
  | ([$events[] | if length == 2 then .[0] else .[0][:-1] + [null] end] | length - (unique | length)) as $twice
  | if $twice > 0 then refuse(""; "A key stands there twice, or there is more than one value."; "Write each once.")
    else . end
  | [fromstream($events[])]
  | if length == 1 and (.[0] | type) == "object" then .[0]
    else refuse(""; "It is not one JSON object."; "Write one JSON object.") end;

def number_of($field; $rule):
  if type != "number" or (. >= $rule.min and . <= $rule.max and . == floor | not)
  then refuse($field; "It is not a whole number from \($rule.min) to \($rule.max)."; "Pass such a number.")
  else floor | tostring end;

def string_of($field; $rule):
  if type != "string" then refuse($field; "It is not a string."; "Pass \($rule.text).")
  elif test("[\\x00-\\x1f\\x7f-\\x9f\\x{2028}\\x{2029}\\x{fffd}]")
  then refuse($field; "It has a control character, or bytes that are not UTF-8."; "Pass \($rule.text).")
  elif length > $rule.maxLength then refuse($field; "It is longer than \($rule.maxLength) characters."; "Pass \($rule.text).")
  elif test("\\A(?:" + $rule.pattern + ")\\z") | not then refuse($field; "It is not \($rule.text)."; "Pass \($rule.text).")
  else . end;

def not_the_panel($field):
  . as $name
  | if $host[0].panelNames | any(. == $name)
    then refuse($field; "It is the panel's own name."; "Choose another name.") else . end;

def value_of($field; $rule):
  ($types[0][$rule.type // ""] // {}) + $rule
  | . as $all
  | if .kind == "integer" then $rule.value | number_of($field; $all)
    elif .kind == "boolean" then
      $rule.value | if type == "boolean" then tostring else refuse($field; "It is neither true nor false."; "Pass one of them.") end
    elif .kind == "choice" then
      $rule.value as $value
      | if ($all.values | any(. == $value)) then $value
        else refuse($field; "It is none of: \($all.values | join(", "))."; "Pass one of them.") end
    elif .kind == "list" then
      $rule.value as $list
      | if ($list | type) != "array" then refuse($field; "It is not a list."; "Pass a list.")
        elif ($list | length) > $all.maxItems then refuse($field; "It has more than \($all.maxItems) items."; "Pass fewer.")
        elif ($list | length) < ($all.minItems // 0) then refuse($field; "It is empty."; "Pass at least \($all.minItems).")
        elif ($list | unique | length) != ($list | length) then refuse($field; "An item stands there twice."; "Pass each once.")
        else [range($list | length) as $i | {type: $all.of, value: $list[$i]} as $item | value_of("\($field)[\($i)]"; $item)]
          | join(" ") end
    else $rule.value | string_of($field; $all)
      | if $all.kind == "domain" then not_the_panel($field) elif $all.kind == "secret" then @base64 else . end
    end;

# Emits {key, value} for each declared key of an object, in the declared order, and refuses every other key.
def fields($prefix; $rules):
  . as $object
  | if type != "object" then refuse($prefix | rtrimstr("."); "It is not an object."; "Pass an object.") else . end
  | (($rules | to_entries[]) as {key: $key, value: $rule}
    | if has($key) then
        {key: ($prefix + $key | gsub("\\."; "_")), value: value_of($prefix + $key; $rule + {value: $object[$key]})}
      elif $rule.required == false then empty
      else refuse($prefix + $key; "It is missing."; "Pass it.") end),
    ((keys_unsorted - ($rules | keys))[0] // null
    | if . == null then empty else refuse($prefix + clip; "There is no such key."; "Leave it out.") end);

def call:
  if has("call") then .call | fields("call."; $types[0].call)
  elif $verb.changes then refuse("call"; "It is missing."; "Say which job calls.")
  else empty end;

# What was sound before a mistake is printed all the same: the audit line of a refused call names job and site.
def facts: $host[0] | to_entries[] | select(.key != "panelNames") | {key: ("host_" + .key), value};

(try (facts, (document | call, (del(.call) | fields(""; $verb.input + {dryRun: {type: "boolean", required: false}})), {key: "end", value: ""}))
  catch if type == "object" then
      {key: "field", value: .field},
      {key: "problem", value: ({ok: false, error: ({code: "bad-input", field: .field, what: "The input is refused.", why: .why, todo: .todo})} | tojson)}
    else error end)
| "\(.key)=\(.value)"
