package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The panel, as a browser sees it that trusts one authority only; with a name in place of its address. */
@DisplayName("The panel's own certificate")
class PanelCertificateIT {

    private static final int PORT = 8443;
    private static final String NAME = Fresh.siteName("panel");
    private static final List<String> FACTS = List.of("/etc/berth/panel.properties", "/etc/berth/host.json");

    private static final Duration LIFE = Duration.ofHours(12);

    /** Beyond two thirds of it, before the last sixth. */
    private static final Duration LATER = Duration.ofMinutes(8 * 60 + 30);

    private static HostClock clock;
    private static Pebble pebble;
    private static TlsVisitor visitor;
    private static Person administrator;

    /** Of each one name gets a few certificates a week only. */
    private final String authority = pebble.added();

    @BeforeAll
    static void giveThePanelAName() {
        administrator = People.administrator();
        pebble = Pebble.withZone(NAME, LIFE);
        visitor = new TlsVisitor(pebble.root());
        FACTS.forEach(file -> LabHost.run("cp", "-a", file, file + ".before"));
        LabHost.run("sed", "-i", "s/^berth\\.panel\\.host=.*/berth.panel.host=" + NAME + "/", FACTS.get(0));
        LabHost.run("sed", "-i", "s/\"panelNames\":\\[[^]]*\\]/\"panelNames\":[\"" + NAME + "\"]/", FACTS.get(1));
        clock = HostClock.take();
        awaitThePanel();
    }

    @AfterAll
    static void giveItsAddressBack() {
        FACTS.forEach(file -> LabHost.run("mv", file + ".before", file));
        clock.close();
        awaitThePanel();
        pebble.close();
    }

    /** Other tests trust the certificate of the installer. */
    @AfterEach
    void goBackToTheOneOfTheInstaller() {
        if (servedNumber() != 0) {
            berth("cert", "back", "panel", "--self-signed");
        }
    }

    @Test
    void isGotOnThePageWhileEverybodyStaysLoggedInAndGoesBack() throws IOException {
        assertThatThrownBy(() -> visit()).isInstanceOf(SSLException.class);
        try (var panel = new Panel().login(administrator)) {
            panel.open("/certificates/panel");
            assertThat(panel.part("shown").textContent()).contains("CN=Berth panel");
            panel.isSound().page().selectOption("#authority", authority);
            panel.press("issue");
            panel.jobEnds("SUCCEEDED").isSound();
            panel.open("/certificates/panel");
            assertThat(panel.part("shown").textContent()).contains("Pebble Intermediate CA", NAME);
            panel.isSound().open("/certificates?search=" + NAME);
            assertThat(panel.page().locator("[data-row='0'] a.row-name").getAttribute("href"))
                    .isEqualTo("/certificates/panel");
            assertThat(panel.isSound().complaints()).isEmpty();
        }
        var got = visit();
        berth("cert", "back", "panel", "--self-signed");
        assertThatThrownBy(() -> visit()).isInstanceOf(SSLException.class);
        assertThat(certificate().getJsonObject("shown").getBoolean("selfSigned"))
                .isTrue();
        assertThat(LabHost.run("stat", "-c", "%a %U", "/var/lib/berth/tls/0").text())
                .endsWith("700 root");
        berth("cert", "back", "panel");
        assertThat(visit()).isEqualTo(got);
    }

    @Test
    void isRenewedWhenItsTimeHasCome() throws IOException {
        berth("cert", "issue", "panel", "--authority", authority);
        var first = visit();
        clock.set(LATER);
        try {
            Eventually.holds("another one is shown", () -> servedNumber() > 0 && !isShown(first));
            assertThat(visit()).isNotEqualTo(first);
            assertThat(certificate().getInt("failures")).isZero();
        } finally {
            clock.set(Duration.ZERO);
        }
        Eventually.holds("its job is over", () -> !certificate().containsKey("job"));
    }

    @Test
    void isProvenByARecordInTheDnsAndOverHttpAgain() throws IOException {
        berth("cert", "issue", "panel", "--authority", authority, "--challenge", "dns-01", "--dns", pebble.dnsAccess());
        var first = visit();
        assertThat(certificate().getString("challenge")).isEqualTo("dns-01");
        berth("cert", "renew", "panel");
        var second = visit();
        assertThat(second).isNotEqualTo(first);
        assertThat(pebble.proofs(NAME)).isEmpty();
        berth("cert", "issue", "panel", "--authority", authority, "--challenge", "http-01");
        assertThat(visit()).isNotEqualTo(second);
        assertThat(certificate().getString("challenge")).isEqualTo("http-01");
    }

    @Test
    void thatIsNotSeenInAHandshakeNeverStays() throws IOException {
        berth("cert", "issue", "panel", "--authority", authority);
        var before = visit();
        LabHost.shell("nft add table inet proof && nft 'add chain inet proof in { type filter hook input priority 0; }'"
                        + " && nft add rule inet proof in iif lo tcp dport 8443 reject")
                .orFail();
        try {
            assertThat(LabHost.berth("cert", "renew", "panel").run().exit()).isNotZero();
        } finally {
            LabHost.run("nft", "delete", "table", "inet", "proof");
        }
        Eventually.holds("the one of before is shown again", () -> isShown(before));
        assertThat(certificate().getInt("failures")).isEqualTo(1);
        berth("cert", "renew", "panel");
        assertThat(visit()).isNotEqualTo(before);
        assertThat(certificate().getInt("failures")).isZero();
    }

    @Test
    void endsIssuedByOneOrderWhenThePanelIsKilledInTheMiddle() throws IOException {
        try (var saboteur = Saboteur.onHost()) {
            for (var when : List.of("before", "after")) {
                var orders = pebble.orders();
                var number = certificate().getJsonArray("history").size() + 1;
                saboteur.awaits("certificate-install", "both", when);
                berth("cert", "issue", "panel", "--authority", authority, "--no-wait");
                saboteur.holds(1);
                LabHost.run("systemctl", "kill", "--kill-whom=main", "--signal=KILL", "berth.service");
                saboteur.letGo();
                awaitThePanel();
                Eventually.holds("it is shown", () -> servedNumber() == number);
                visit();
                assertThat(pebble.orders() - orders).isEqualTo(1);
            }
        }
    }

    /** What is shown to whoever trusts the authority and looks whether it is for the name. */
    private static X509Certificate visit() throws IOException {
        var visit = visitor.visit(NAME, PORT, "/login");
        assertThat(visit.answer().status()).isEqualTo(200);
        return visit.certificate();
    }

    private static boolean isShown(X509Certificate certificate) {
        try {
            return visit().equals(certificate);
        } catch (IOException another) {
            return false;
        }
    }

    private static int servedNumber() {
        var certificate = certificate();
        return certificate.get("served") instanceof JsonObject served ? served.getInt("number") : 0;
    }

    private static JsonObject certificate() {
        var text =
                LabHost.berth("cert", "info", "panel", "--json").run().orFail().out();
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static void berth(String... words) {
        LabHost.berth(words).run().orFail();
    }

    private static void awaitThePanel() {
        Eventually.holds(
                "the panel is back", () -> LabHost.berth("job", "list").run().exit() == 0);
    }
}
