package org.berth.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, without sudo. */
class SudoHostTest {

    @TempDir
    private Path scripts;

    private SudoHost host;

    @BeforeEach
    void openHost() {
        host = new SudoHost(scripts, false);
    }

    @Test
    void verbReadsItsInputFromStandardInputAlone() throws IOException {
        verb("vhost-apply", "cat >\"$0.in\"; printf '%s' \"$#\" >\"$0.args\"; echo '{\"ok\":true,\"changed\":true}'");
        var context = new VerbCall.Context(new Lease(12, 1, 17), "vhost", "alice");

        host.call(VerbCall.change("vhost-apply", 3, context, Map.of("serve", List.of("a.test", "b.test"))));

        assertThat(scripts.resolve("vhost-apply.in"))
                .hasContent("{\"call\":{\"job\":12,\"step\":\"vhost\",\"epoch\":1,\"token\":17,\"actor\":\"alice\"},"
                        + "\"site\":3,\"serve\":[\"a.test\",\"b.test\"]}");
        assertThat(scripts.resolve("vhost-apply.args")).hasContent("0");
    }

    @Test
    void panelsEnvironmentStaysWithThePanel() throws IOException {
        verb("host-inspect", "env >&2; echo '{\"ok\":true,\"changed\":false,\"result\":{}}'");

        var log = host.call(VerbCall.read("host-inspect")).log();

        assertThat(log).contains("LC_ALL=C").doesNotContain("HOME=").doesNotContain("USER=");
    }

    @Test
    void answerIsReadHoweverMuchIsLogged() throws IOException {
        verb("host-inspect", "head -c 300000 /dev/zero | tr '\\0' x >&2; echo '{\"ok\":true,\"result\":{\"a\":1}}'");

        var result = host.call(VerbCall.read("host-inspect"));

        assertThat(result.result().getInt("a")).isEqualTo(1);
        assertThat(result.changed()).isFalse();
    }

    @Test
    void processThatWasLeftBehindHoldsNothingUp() throws IOException {
        verb(
                "host-inspect",
                "sleep 60 & echo $! >\"$0.pid\"; echo said >&2; echo '{\"ok\":true,\"result\":{\"a\":1}}'");

        var result = assertTimeout(Duration.ofSeconds(30), () -> host.call(VerbCall.read("host-inspect")));

        assertThat(result.result().getInt("a")).isEqualTo(1);
        assertThat(result.log()).isEqualTo("said\n");
        var left = Long.parseLong(
                Files.readString(scripts.resolve("host-inspect.pid")).strip());
        assertThat(ProcessHandle.of(left))
                .hasValueSatisfying(
                        process -> assertThat(process.destroyForcibly()).isTrue());
    }

    @Test
    void olderLeaseIsToldApartFromOtherConflicts() throws IOException {
        verb("site-state", "echo '{\"ok\":false,\"error\":{\"code\":\"outranked\",\"what\":\"w\"}}'; exit 4");

        assertKind("site-state", VerbFailure.Kind.OUTRANKED);
    }

    @Test
    void halfDoneWorkIsLeftToAPerson() throws IOException {
        verb("site-state", "echo 'said before' >&2; echo '{\"ok\":false,\"error\":{\"what\":\"w\"}}'; exit 6");

        assertThatThrownBy(() -> host.call(VerbCall.read("site-state", 1)))
                .asInstanceOf(type(VerbFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(VerbFailure.Kind.NEEDS_A_LOOK);
                    assertThat(failure.log()).isEqualTo("said before\n");
                    assertThat(failure.problem().args()).contains("site-state", "w");
                });
    }

    @Test
    void anythingButJsonIsNoAnswer() throws IOException {
        verb("host-inspect", "echo done");

        assertKind("host-inspect", VerbFailure.Kind.UNREACHABLE);
    }

    @Test
    void missingVerbIsUnreachable() {
        assertKind("host-inspect", VerbFailure.Kind.UNREACHABLE);
    }

    @Test
    void pathIsNotAVerb() {
        assertThatThrownBy(() -> host.call(VerbCall.read("../host-inspect")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertKind(String verb, VerbFailure.Kind kind) {
        assertThatThrownBy(() -> host.call(VerbCall.read(verb)))
                .asInstanceOf(type(VerbFailure.class))
                .extracting(VerbFailure::kind)
                .isEqualTo(kind);
    }

    private void verb(String name, String body) throws IOException {
        var file = Files.writeString(scripts.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
