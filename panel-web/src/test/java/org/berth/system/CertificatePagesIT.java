package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.berth.fixture.Fresh;
import org.berth.fixture.Minted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pages about certificates")
class CertificatePagesIT {

    /** No address leads there, so that nothing is asked of anybody. */
    private static final String NOWHERE = "https://acme.invalid/directory";

    private static final String LIVE = "/etc/letsencrypt/live/";

    private static Panel panel;
    private static Page page;

    @BeforeAll
    static void logIn() {
        panel = new Panel().login(People.administrator());
        page = panel.page();
    }

    @AfterAll
    static void nothingWasComplainedAbout() {
        assertThat(panel.complaints()).isEmpty();
        panel.close();
    }

    @Test
    void tellThatASiteSignedItsCertificateItselfAndWhatToDo() {
        panel.open("/sites/" + site("selfsigned") + "/certificate");
        assertThat(panel.part("certificate").getAttribute("data-served")).isEqualTo("own");
        assertThat(panel.part("certificate").textContent())
                .contains("Self-signed")
                .contains("browsers warn")
                .contains("get one below");
        assertThat(page.textContent("#certificate-history")).contains("None was asked for yet.");
        panel.isSound();
    }

    @Test
    void tellOwnersNothingOfOtherSitesAndOfAuthorities() {
        var owner = People.owner("certless");
        var name = Fresh.siteName("owned");
        var id = owner.rest().createSite(name, "STATIC").getInt("id");
        try (var theirs = new Panel().login(owner)) {
            for (var address : List.of("/certificates", "/authorities", "/authorities/new", "/authorities/1")) {
                assertThat(theirs.page().request().get(address).status())
                        .as(address)
                        .isEqualTo(403);
            }
            theirs.open("/sites/" + id + "/certificate").isSound();
            assertThat(theirs.part("certificate").textContent()).contains("Self-signed");
            assertThat(theirs.page()
                            .locator("a[href='/authorities'], a[href='/certificates']")
                            .count())
                    .isZero();
        }
    }

    @Test
    void takeAnAuthorityWhoseTermsAreAgreedToAndOfferItToSites() {
        var name = Fresh.login("authority");
        create(name);
        assertThat(panel.part("not-ready").isVisible()).isTrue();
        var authority = page.url();
        page.check("#termsAgreed");
        panel.press("save");
        panel.part("ready").waitFor();

        panel.isSound().open("/sites/" + site("offered") + "/certificate");
        assertThat(page.locator("#authority option").allTextContents()).contains(name);
        assertThat(page.inputValue("#keyType")).isEqualTo("ec-256");
        assertThat(panel.isSound().part("issue").isEnabled()).isTrue();

        page.navigate(authority);
        panel.press("delete-open");
        assertThat(panel.isSound().part("do-delete").isDisabled()).isTrue();
        page.fill("#delete-name", name);
        panel.press("do-delete");
        panel.part("notice").waitFor();
        assertThat(page.locator("[data-authority='" + name + "']").count()).isZero();
    }

    @Test
    void takeAnOwnCertificateFromFilesAndSayWhatIsWrongWithItWithoutShowingItsKey() {
        var name = Fresh.siteName("brought");
        var site = People.administrator().rest().createSite(name, "STATIC").getInt("id");
        var brought = Minted.selfSigned(name);
        panel.open("/sites/" + site + "/certificate");
        panel.press("upload-open");
        page.fill("#certificate", brought.pem());
        page.fill("#key", Minted.selfSigned(name).key());
        panel.press("upload");
        panel.part("wrongs").waitFor();
        assertThat(page.textContent("[data-field=key]")).contains("does not belong to the certificate");
        assertThat(page.inputValue("#certificate")).contains("BEGIN CERTIFICATE");
        assertThat(page.content()).doesNotContain("BEGIN PRIVATE KEY-----\n");
        panel.isSound();
        page.setInputFiles("#certificate-file", file("backup.zip", "\0"));
        page.waitForSelector("#certificate-file-wrong");
        page.setInputFiles("#key-file", file("long.key", "x".repeat(70_000)));
        page.waitForSelector("#key-file-wrong");
        assertThat(page.inputValue("#certificate")).contains("BEGIN CERTIFICATE");
        panel.isSound();
        page.setInputFiles("#certificate-file", file("site.crt", brought.pem()));
        page.setInputFiles("#key-file", file("site.key", brought.key()));
        page.waitForCondition(() -> page.inputValue("#key").contains("PRIVATE"));
        panel.press("upload");
        page.waitForURL("**/jobs/*");
        panel.open("/sites/" + site + "/certificate");
        page.waitForSelector("[data-test=certificate][data-served='1']");
        assertThat(panel.part("doubt").textContent()).contains("Browsers may not trust");
        assertThat(panel.part("certificate").textContent()).contains("not by itself");
        assertThat(page.textContent("#certificate-history")).contains("brought");
        panel.isSound();
        // The page stays, so it can be pressed again.
        for (var i = 0; i < 2; i++) {
            var chain = page.waitForDownload(() -> panel.press("download"));
            assertThat(chain.suggestedFilename()).isEqualTo(name + ".pem");
            assertThat(chain.path()).hasContent(brought.pem());
        }
        assertThat(LabHost.berth("cert", "info", name, "--pem").run().orFail().out())
                .isEqualToNormalizingNewlines(brought.pem());
        var shown = LabHost.run(
                "bash",
                "-c",
                "openssl s_client -connect 127.0.0.1:443 -servername " + name
                        + " </dev/null 2>/dev/null | openssl x509 -noout -subject; ! grep -rl 'PRIVATE KEY' /var/log/berth");
        assertThat(shown.orFail().text().replace(" ", "")).contains("CN=" + name);
    }

    @Test
    void takeOverWhatCertbotKeepsAndSayWhyTheRestIsOfNoUse() {
        var first = Fresh.siteName("kept");
        var second = Fresh.siteName("kept");
        var rest = People.administrator().rest();
        rest.createSite(first, "STATIC");
        rest.createSite(second, "STATIC");
        var authority = Minted.root("Root").authority("Between");
        keep(authority, authority.host(first), first);
        keep(authority, authority.host(second), second);
        keep(
                authority,
                authority.host(Minted.ec(), Minted.yesterday().minusSeconds(1), Minted.yesterday(), first),
                "over." + first);
        try {
            panel.open("/found");
            panel.isSound();
            assertThat(row("over." + first).textContent()).contains("Cannot be used", "It was valid until");
            row(first).locator("[data-test=take-open]").click();
            panel.isSound().press("do-take");
            panel.jobEnds("SUCCEEDED");
            panel.open("/found");
            assertThat(row(first).textContent()).contains("Visitors get it");
            var taken = LabHost.berth("cert", "import", second, "--from", LIVE + second)
                    .run();
            assertThat(taken.orFail().text()).contains("Visitors of " + second + " get the certificate.");
            for (var name : List.of(first, second)) {
                assertThat(shownSubject(name)).contains("CN=" + name);
            }
            // The copy is Berth's; certbot's own stays as it was, and nothing of the key is told.
            LabHost.shell("test -L %1$s%2$s/privkey.pem && ! grep -rl 'PRIVATE KEY' /var/log/berth"
                            .formatted(LIVE, first))
                    .orFail();
        } finally {
            LabHost.shell("rm -rf /etc/letsencrypt").orFail();
        }
    }

    /** As certbot lays it out. */
    private static void keep(Minted authority, Minted kept, String name) {
        LabHost.shell(
                        ("cd /etc && mkdir -p letsencrypt/archive/%1$s letsencrypt/live/%1$s && cd letsencrypt/archive/%1$s"
                                        + " && printf %%s '%2$s' >fullchain1.pem && (umask 077; printf %%s '%3$s' >privkey1.pem)"
                                        + " && cd ../../live/%1$s && ln -s ../../archive/%1$s/fullchain1.pem fullchain.pem"
                                        + " && ln -s ../../archive/%1$s/privkey1.pem privkey.pem")
                                .formatted(name, kept.pem() + authority.pem(), kept.key()))
                .orFail();
    }

    @Test
    void leaveOlderBrowsersOutOfAllSitesForWhoSaysTwiceThatTheyShallAndLetThemInAgain() {
        var name = Fresh.siteName("versions");
        People.administrator().rest().createSite(name, "STATIC");
        try {
            panel.open("/tls").isSound();
            assertThat(panel.part("served").getAttribute("data-profile")).isEqualTo("intermediate");
            page.check("[name=profile][value=modern]");
            panel.press("choose-tls");
            page.locator("[data-field=confirmed] .wrong").waitFor();
            assertThat(page.isChecked("[name=profile][value=modern]")).isTrue();
            panel.isSound();
            assertThat(takes("tls1_2", name)).isTrue();
            page.check("#confirmed");
            panel.press("choose-tls");
            panel.jobEnds("SUCCEEDED");
            assertThat(takes("tls1_2", name)).isFalse();
            assertThat(takes("tls1_3", name)).isTrue();
            var preview = LabHost.berth("site", "preview", name).run().orFail().text();
            assertThat(LabHost.run("curl", "--silent", "--insecure", preview).out())
                    .contains(name);
            panel.press("to-site");
            page.waitForSelector("[data-test=served][data-profile=modern]");
            assertThat(LabHost.berth("host", "tls", "modern").run().exit()).isEqualTo(4);
            assertThat(LabHost.berth("host", "tls").run().orFail().text()).startsWith("modern");
        } finally {
            LabHost.berth("host", "tls", "intermediate").run().orFail();
        }
        assertThat(takes("tls1_2", name)).isTrue();
    }

    private static boolean takes(String version, String name) {
        return LabHost.shell("openssl s_client -connect 127.0.0.1:443 -servername " + name + " -" + version
                                + " </dev/null >/dev/null 2>&1")
                        .exit()
                == 0;
    }

    private static Locator row(String name) {
        return page.locator("[data-lineage='" + LIVE + name + "']");
    }

    private static String shownSubject(String name) {
        return LabHost.shell("openssl s_client -connect 127.0.0.1:443 -servername " + name
                        + " </dev/null 2>/dev/null | openssl x509 -noout -subject")
                .orFail()
                .text()
                .replace(" ", "");
    }

    @Test
    void askInWordsBeforeVisitorsWhoKeepToHttpsAreWarned() {
        var name = Fresh.siteName("held");
        var rest = People.administrator().rest();
        var site = rest.createSite(name, "STATIC").getInt("id");
        var first = Minted.selfSigned(name);
        rest.change(rest.post(
                "/sites/" + site + "/certificate/upload",
                Json.createObjectBuilder().add("certificate", first.pem()).add("key", first.key())));
        rest.change(rest.patch(
                "/sites/" + site,
                Json.createObjectBuilder()
                        .add("forceHttps", true)
                        .add("hsts", "5-minutes")
                        .add("confirmed", true)));
        var second = Minted.selfSigned(name);
        panel.open("/sites/" + site + "/certificate");
        panel.press("upload-open");
        page.fill("#certificate", second.pem());
        page.fill("#key", second.key());
        panel.press("upload");
        assertThat(page.textContent("#upload-form [data-field=confirmed]"))
                .contains("The site has HSTS", "let nobody past", "Give the key again");
        panel.isSound();
        page.fill("#key", second.key());
        page.check("#confirmed");
        panel.press("upload");
        panel.jobEnds("SUCCEEDED");
        panel.open("/sites/" + site + "/certificate");
        panel.press("return");
        assertThat(page.textContent("#more-form [data-field=confirmed]")).contains("The site has HSTS");
        page.check("#confirmed");
        panel.isSound().press("return");
        panel.jobEnds("SUCCEEDED");
        panel.open("/sites/" + site + "/certificate");
        page.waitForSelector("[data-test=certificate][data-served='1']");
    }

    private static FilePayload file(String name, String text) {
        return new FilePayload(name, "text/plain", text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void keepWhatWasTypedOfAnAuthorityThatIsRefused() {
        panel.open("/authorities/new");
        page.fill("#name", "Kept");
        page.fill("#url", "http://plain.example/directory");
        page.fill("#email", "nonsense");
        panel.press("more");
        page.fill("#externalKeyId", "kept-id");
        page.fill("#externalKey", "not base64!");
        page.fill("#roots", "no certificate");
        panel.press("create");
        for (var field : List.of("url", "email", "externalKey", "roots")) {
            page.locator("[data-field=" + field + "] .wrong").waitFor();
            assertThat(page.locator("[data-test=wrongs] a[href='#" + field + "']")
                            .count())
                    .as(field)
                    .isEqualTo(1);
        }
        assertThat(page.inputValue("#name")).isEqualTo("Kept");
        assertThat(page.inputValue("#url")).isEqualTo("http://plain.example/directory");
        assertThat(page.inputValue("#email")).isEqualTo("nonsense");
        assertThat(page.inputValue("#externalKeyId")).isEqualTo("kept-id");
        assertThat(page.inputValue("#roots")).isEqualTo("no certificate");
        // What is secret is the one thing that is not sent back.
        assertThat(page.inputValue("#externalKey")).isEmpty();
        panel.isSound();
    }

    @Test
    void tellWhyAnAuthorityDoesNotAnswerAndKeepWhatWasTyped() {
        create(Fresh.login("silent"));
        page.fill("#email", "kept@example.com");
        page.check("#termsAgreed");
        panel.press("ask");
        panel.part("wrongs").waitFor();
        assertThat(panel.part("wrongs").textContent()).contains("acme.invalid");
        assertThat(page.inputValue("#email")).isEqualTo("kept@example.com");
        assertThat(page.isChecked("#termsAgreed")).isTrue();
        panel.isSound().open(page.url());
        assertThat(panel.part("not-ready").isVisible()).isTrue();
    }

    private static void create(String name) {
        panel.open("/authorities/new");
        page.fill("#name", name);
        page.fill("#url", NOWHERE);
        panel.press("create");
        panel.part("notice").waitFor();
    }

    private static int site(String about) {
        return People.administrator()
                .rest()
                .createSite(Fresh.siteName(about), "STATIC")
                .getInt("id");
    }
}
