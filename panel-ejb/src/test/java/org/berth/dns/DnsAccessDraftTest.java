package org.berth.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsAccessDraftTest {

    @Test
    void zonesAreKeptAsTheServerHasThem() {
        assertThat(update("Example.COM.", "ns1.example.com", "Berth-Key").zones())
                .containsExactly("example.com");
        assertThat(update("example.com", "[2001:db8::1]:53", "berth-key").account())
                .contains("berth-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*.example.com", "com", "a b.com", "exam\nple.com", "-a.com", "a..com", "a.com;id"})
    void whatIsNoZoneIsRefused(String zone) {
        refused("zones", () -> update(zone, "ns1.example.com", "key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ns1.example.com:0", "ns1.example.com:65536", "http://ns1.example.com", "a b", "-x", "$(id)"
            })
    void whatIsNoServerIsRefused(String server) {
        refused("server", () -> update("example.com", server, "key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://ns.example.com",
                "file:///etc/passwd",
                "http://me:secret@ns.example.com",
                "http://ns.example.com/?a=b",
                "http://ns.example.com/#a",
                "//ns.example.com",
                "http:ns"
            })
    void whatIsNoAddressOfAnApiIsRefused(String url) {
        refused("server", () -> draft(DnsKind.POWERDNS, url, "", "key"));
        refused("server", () -> draft(DnsKind.ACME_DNS, url, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../hook", "/bin/true", "a b", "-rf", "A", "a.sh", "a\nb"})
    void whatIsNoHookIsRefused(String hook) {
        refused("account", () -> draft(DnsKind.HOOK, "", hook, ""));
    }

    @Test
    void serverOfPowerDnsCannotLeadElsewhere() {
        refused("account", () -> draft(DnsKind.POWERDNS, "http://127.0.0.1:8081", "../../other", "key"));
        assertThat(draft(DnsKind.POWERDNS, "http://127.0.0.1:8081", "", "key").account())
                .contains("localhost");
    }

    @Test
    void secretThatBreaksALineIsRefused() {
        refused("secret", () -> draft(DnsKind.CLOUDFLARE, "", "", "one\ntwo"));
        refused("secret", () -> draft(DnsKind.HETZNER, "", "", "a b"));
        refused(
                "secret",
                () -> new DnsAccessDraft(
                        "a",
                        DnsKind.RFC2136,
                        List.of("example.com"),
                        Optional.of("ns1.example.com"),
                        Optional.of("key"),
                        Optional.of("hmac-sha256"),
                        Optional.of("not base64!"),
                        false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "5", " 007 "})
    void nameThatNobodyCanReadOrThatIsANumberIsRefused(String name) {
        refused(
                "name",
                () -> new DnsAccessDraft(
                        name,
                        DnsKind.HETZNER,
                        List.of("example.com"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("secret"),
                        false));
    }

    @Test
    void secretIsNeverSaid() {
        assertThat(draft(DnsKind.CLOUDFLARE, "", "", "hush")).asString().doesNotContain("hush");
        assertThat(draft(DnsKind.CLOUDFLARE, "", "", "hush").auditDetail()).doesNotContain("hush");
    }

    private static void refused(String field, ThrowingCallable draft) {
        assertThatThrownBy(draft)
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Problem::field)
                                .containsExactly(field));
    }

    private static DnsAccessDraft update(String zone, String server, String key) {
        return new DnsAccessDraft(
                "a",
                DnsKind.RFC2136,
                List.of(zone),
                Optional.of(server),
                Optional.of(key),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static DnsAccessDraft draft(DnsKind kind, String server, String account, String secret) {
        return new DnsAccessDraft(
                "a",
                kind,
                List.of("example.com"),
                Optional.of(server),
                Optional.of(account),
                Optional.empty(),
                Optional.of(secret),
                false);
    }
}
