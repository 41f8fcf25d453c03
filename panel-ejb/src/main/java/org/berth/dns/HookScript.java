package org.berth.dns;

import java.util.Map;
import org.berth.host.Host;
import org.berth.host.VerbCall;

/** A program that root has put below {@code /etc/berth/dns-hooks}; the verb {@code dns-hook} runs it. */
final class HookScript implements DnsProvider {

    private final Host host;
    private final String name;
    private final RecordHolder holder;

    /**
     * Calls nothing yet.
     *
     * @param holder in whose name the host is asked
     */
    HookScript(Host host, String name, RecordHolder holder) {
        this.host = host;
        this.name = name;
        this.holder = holder;
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
        host.call(VerbCall.change(
                "dns-hook",
                holder.site(),
                holder.call(),
                Map.of("hook", name, "present", present, "name", record.name(), "value", record.value())));
    }
}
