package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.berth.jobs.JobState;
import org.berth.platform.Conflict;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.sites.Hsts;
import org.berth.sites.SiteChange;
import org.berth.sites.SiteView;
import org.berth.sites.TlsChange;
import org.berth.sites.WwwChoice;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The way of a site to HTTPS")
class SiteTlsIT extends WithinPanel {

    @Test
    void isTakenWithACertificateOfItsOwnOnlyByWhoConfirmsIt() {
        var alice = owner("alice");
        var site = site(alice);
        assertThat(refusal(Conflict.class, () -> sites.update(alice, site.name(), force(true, false))))
                .isEqualTo(Problem.of("https-self-signed").at("confirmed"));
        assertThat(sites.find(alice, site.name()).activeJob()).isEmpty();

        assertThat(over(sites.update(alice, site.name(), force(true, true))).state())
                .isEqualTo(JobState.SUCCEEDED);
        var forced = sites.find(alice, site.name());
        assertThat(forced.tls().forceHttps()).isTrue();
        assertThat(forced.url()).startsWith("https://");
        assertThat(lastCall(alice)).contains("\"forceHttps\":true", "\"hsts\":\"off\"");
        // Whatever else is changed keeps to it.
        over(sites.update(
                alice,
                site.name(),
                new SiteChange(Optional.empty(), Optional.empty(), Optional.of(List.of("more." + site.name())))));
        assertThat(lastCall(alice)).contains("more.", "\"forceHttps\":true");
        assertThat(refusal(Conflict.class, () -> sites.update(alice, site.name(), hsts(Hsts.FIVE_MINUTES, true))))
                .isEqualTo(Problem.of("hsts-self-signed").at("hsts"));
    }

    @Test
    void isLeftWithBrowsersBeingToldToForgetIt() throws IOException, InterruptedException {
        var alice = owner("alice");
        var site = site(alice);
        serveCertificate(site);
        // Nobody's root vouches for it.
        assertThat(refusal(Conflict.class, () -> sites.update(alice, site.name(), force(true, false)))
                        .code())
                .isEqualTo("https-untrusted");
        var both = new TlsChange(Optional.of(true), Optional.of(Hsts.FIVE_MINUTES), Optional.empty(), true);
        over(sites.update(alice, site.name(), SiteChange.of(both)));
        assertThat(lastCall(alice)).contains("\"forceHttps\":true", "\"hsts\":\"5-minutes\"");
        assertThat(refusal(Conflict.class, () -> sites.update(alice, site.name(), force(false, true))))
                .isEqualTo(Problem.of("hsts-without-https").at("forceHttps"));
        over(sites.update(alice, site.name(), hsts(Hsts.OFF, false)));
        assertThat(lastCall(alice)).contains("\"hsts\":\"forget\"");
    }

    @Test
    void asksBeforeItIsTheWayToNamesWithoutACertificate() throws IOException, InterruptedException {
        var alice = owner("alice");
        var site = site(alice);
        serveCertificate(site);
        var both = new TlsChange(Optional.of(true), Optional.of(Hsts.FIVE_MINUTES), Optional.empty(), true);
        over(sites.update(alice, site.name(), SiteChange.of(both)));
        var alias = "more." + site.name();
        assertThat(refusal(Conflict.class, () -> sites.update(alice, site.name(), aliases(alias, false))))
                .isEqualTo(Problem.of("hsts-new-names", alias).at("confirmed"));
        over(sites.update(alice, site.name(), aliases(alias, true)));
        assertThat(lastCall(alice)).contains(alias);
        // Nor is anybody asked about those that it has, or whose certificate is there.
        over(sites.update(
                alice,
                site.name(),
                new SiteChange(Optional.empty(), Optional.of(WwwChoice.SERVE_BOTH), Optional.empty())));
        assertThat(lastCall(alice)).contains("www." + site.name());
    }

    private static SiteChange aliases(String alias, boolean confirmed) {
        return new SiteChange(
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of(alias)),
                new TlsChange(Optional.empty(), Optional.empty(), Optional.empty(), confirmed));
    }

    @Test
    void staysAsItWasWhenTheHostCannotChangeIt() {
        var alice = owner("alice");
        var site = site(alice);
        Verbs.of(alice).fail("vhost-apply");
        assertThat(over(sites.update(alice, site.name(), force(true, true))).state())
                .isEqualTo(JobState.FAILED);
        assertThat(sites.find(alice, site.name()).tls().forceHttps()).isFalse();
        Verbs.of(alice).succeed("vhost-apply");
        over(jobs.retry(alice, newestJob(site.id()).id()));
        assertThat(sites.find(alice, site.name()).tls().forceHttps()).isTrue();
    }

    @Test
    void isTheOwnersAndIsAskedForByTheApi() {
        var alice = owner("alice");
        var site = site(alice);
        var bob = owner("bob");
        assertThat(refusal(NotFound.class, () -> sites.update(bob, site.name(), force(true, true)))
                        .code())
                .isEqualTo("site-unknown");
        var visitor = with(alice);
        var path = "/api/v1/sites/" + site.name();
        var refused = visitor.send("PATCH", path, "{\"forceHttps\":true}", "application/json");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("https-self-signed", "confirmed");
        assertThat(visitor.send("PATCH", path, "{\"hsts\":\"1-week\"}", "application/json")
                        .body())
                .contains("hsts-unknown");
        assertThat(visitor.send("PATCH", path, "{\"hsts\":\"1-day\"}", "application/json")
                        .body())
                .contains("hsts-without-https");
        assertThat(visitor.send("PATCH", path, "{\"forceHttps\":true,\"confirmed\":true}", "application/json")
                        .statusCode())
                .isEqualTo(202);
        over(newestJob(site.id()));
        assertThat(visitor.get(path).body()).contains("\"tls\":{\"forceHttps\":true,\"hsts\":\"off\",\"http3\":false}");
    }

    @Test
    void isHttp3OnlyWhereTheHostHasIt() {
        var alice = owner("alice");
        var site = site(alice);
        var wish = SiteChange.of(new TlsChange(Optional.empty(), Optional.empty(), Optional.of(true), false));
        assertThat(refusal(Conflict.class, () -> sites.update(alice, site.name(), wish)))
                .isEqualTo(Problem.of("http3-missing").at("http3"));
    }

    private static String lastCall(Actor actor) {
        var calls = Verbs.of(actor).calls();
        return calls.get(calls.size() - 1);
    }

    private void serveCertificate(SiteView site) throws IOException, InterruptedException {
        var openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-keyout",
                        "/dev/null",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=test",
                        "-addext",
                        "subjectAltName=DNS:" + site.name() + ",DNS:www." + site.name())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var pem = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(openssl.waitFor()).isZero();
        rows.change(
                "insert into certificate (site_id, number, directory_id, state, served_site_id, names, key_type, chain,"
                        + " not_before, not_after, alarm_at, created_at, served_at)"
                        + " select ?, 1, min(id), 'SERVED', ?, '[]', 'EC_256', ?, utc_timestamp(6),"
                        + " utc_timestamp(6) + interval 2 day, utc_timestamp(6) + interval 1 day, utc_timestamp(6),"
                        + " utc_timestamp(6) from acme_directory",
                site.id(),
                site.id(),
                pem);
    }

    private static SiteChange force(boolean on, boolean confirmed) {
        return SiteChange.of(new TlsChange(Optional.of(on), Optional.empty(), Optional.empty(), confirmed));
    }

    private static SiteChange hsts(Hsts step, boolean confirmed) {
        return SiteChange.of(new TlsChange(Optional.empty(), Optional.of(step), Optional.empty(), confirmed));
    }
}
