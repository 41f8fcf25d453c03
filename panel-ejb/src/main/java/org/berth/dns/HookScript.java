package org.berth.dns;

import java.util.Map;
import java.util.Optional;
import org.berth.host.Host;
import org.berth.host.VerbCall;

/** A program that root has put below {@code /etc/berth/dns-hooks}; the verb {@code dns-hook} runs it. */
final class HookScript implements DnsProvider {

    private final Host host;
    private final String name;

    HookScript(Host host, String name) {
        this.host = host;
        this.name = name;
    }

    @Override
    public void present(TxtRecord record) {
        call(record, true);
    }

    @Override
    public void remove(TxtRecord record) {
        call(record, false);
    }

    private void call(TxtRecord record, boolean present) {
        host.call(new VerbCall(
                "dns-hook",
                0,
                Optional.empty(),
                Map.of("hook", name, "present", present, "name", record.name(), "value", record.value()),
                false));
    }
}
