package org.berth.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.berth.host.RecordingHost;
import org.berth.host.VerbCall;
import org.berth.host.VerbFailure;
import org.berth.host.VerbFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HookScriptTest {

    private static final TxtRecord RECORD = new TxtRecord("_acme-challenge.shop.example", "a".repeat(43));

    private final RecordingHost host = new RecordingHost();
    private final RecordHolder job = Holders.job(17);
    private final ChallengeRecords records = new ChallengeRecords(
            new MemoryLedger(DnsKind.HOOK, zones -> new HookScript(host, "mine", job), "shop.example"),
            new NameServers() {
                @Override
                String target(String name) {
                    return name;
                }
            });

    @Test
    void hostIsToldWhoseRunOfAJobCallsTheProgram() {
        records.present(job, 1, List.of(RECORD));
        records.remove(job);
        assertThat(host.calls()).containsExactly(called(true), called(false));
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "OUTRANKED", "UNREACHABLE"})
    void whatTheCallItselfMetWithIsToldToWhoRunsTheJob(Kind kind) {
        host.failing("dns-hook", kind);
        assertThatThrownBy(() -> records.present(job, 1, List.of(RECORD)))
                .isInstanceOfSatisfying(
                        VerbFailure.class, told -> assertThat(told.kind()).isEqualTo(kind));
    }

    @Test
    void whatTheProgramSaidIsForAdministrators() {
        host.failing("dns-hook", Kind.UNDONE);
        assertThatThrownBy(() -> records.present(job, 1, List.of(RECORD)))
                .isInstanceOfSatisfying(
                        DnsFailure.class,
                        told -> assertThat(told.problem().args().toString()).doesNotContain("told to fail"));
    }

    private VerbCall called(boolean present) {
        return VerbCall.change(
                "dns-hook",
                17,
                job.call(),
                Map.of("hook", "mine", "present", present, "name", RECORD.name(), "value", RECORD.value()));
    }
}
