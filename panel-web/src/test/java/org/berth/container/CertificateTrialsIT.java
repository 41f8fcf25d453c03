package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.berth.certificates.AcmeDirectories;
import org.berth.certificates.CertificateDraft;
import org.berth.certificates.CertificateState;
import org.berth.certificates.CertificateUpload;
import org.berth.certificates.CertificateView;
import org.berth.certificates.Certificates;
import org.berth.certificates.DirectoryDraft;
import org.berth.certificates.DirectoryView;
import org.berth.certificates.IssueLedger;
import org.berth.certificates.KeyType;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.berth.fixture.Minted;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobState;
import org.berth.jobs.JobView;
import org.berth.jobs.StepView;
import org.berth.platform.Conflict;
import org.berth.platform.HostFailure;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.sites.SiteView;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A certificate that is only tried, or that browsers do not trust,")
class CertificateTrialsIT extends WithinPanel {

    private static final Minted STRANGER = Minted.root("Staging").authority("Between");

    @Inject
    private Certificates certificates;

    @Inject
    private AcmeDirectories directories;

    @Inject
    private IssueLedger ledger;

    @Test
    void isOrderedWithoutATraceInWhatWasChosenOrIsServed() {
        var alice = owner("alice");
        var site = site(alice);
        var staging = authority();
        var chosen = rows.value("select count(*) from site_certificate where site_id = ?", site.id());
        var failed = over(certificates.issue(alice, site.name(), from(staging, true, false)));
        assertThat(failed.state()).isEqualTo(JobState.UNDONE);
        assertThat(failed.problem()).map(Problem::code).contains("certificate-names-elsewhere");
        assertThat(failed.steps()).extracting(StepView::name).contains("issue").doesNotContain("install");
        var after = certificates.find(alice, site.name());
        assertThat(after.authority()).isNotEqualTo(Optional.of(staging.name()));
        assertThat(after.problem()).isEmpty();
        assertThat(after.failures()).isZero();
        assertThat(rows.value("select count(*) from site_certificate where site_id = ?", site.id()))
                .isEqualTo(chosen);

        issued(site, 1, staging);
        ledger.tried(facts(failed, alice));
        assertThat(certificates.find(alice, site.name()).history())
                .extracting(CertificateView::state)
                .containsExactly(CertificateState.TRIED);
        // Nobody goes on with what was only tried.
        over(certificates.issue(alice, site.name(), from(staging, false, false)));
        assertThat(certificates.find(alice, site.name()).history())
                .extracting(CertificateView::number)
                .containsExactly(2, 1);
    }

    @Test
    void tellsNoAuthorityThatWhatVisitorsKeepIsReplaced() {
        var alice = owner("alice");
        var site = trusted(alice);
        var authority = authority();
        rows.change("update certificate set directory_id = ? where site_id = ?", authority.id(), site.id());
        var real = over(certificates.issue(alice, site.name(), from(authority, false, false)));
        assertThat(ledger.plan(facts(real, alice)).replaced()).isPresent();
        var tried = over(certificates.issue(alice, site.name(), from(authority, true, false)));
        assertThat(ledger.plan(facts(tried, alice)).replaced()).isEmpty();
    }

    @Test
    void isNotTriedWhileOneWaitsToBeInstalledSinceTheHostKeepsOneKey() {
        var alice = owner("alice");
        var site = site(alice);
        var authority = authority();
        over(certificates.issue(alice, site.name(), from(authority, false, false)));
        issued(site, 1, authority);
        assertThat(refusal(
                        Conflict.class, () -> certificates.issue(alice, site.name(), from(authority(), true, false))))
                .isEqualTo(Problem.of("certificate-uninstalled", 1, site.name()));
        // Nor does another choice take its key from it.
        var others = List.of(
                from(authority(), false, false),
                new CertificateDraft(Optional.empty(), Optional.of(KeyType.RSA_4096), Optional.empty()));
        assertThat(others)
                .allSatisfy(other -> assertThat(
                                refusal(Conflict.class, () -> certificates.issue(alice, site.name(), other)))
                        .isEqualTo(Problem.of("certificate-uninstalled", 1, site.name())));
        assertThat(certificates.find(alice, site.name()).keyType()).isEqualTo(KeyType.EC_256);
        var installed = over(certificates.renew(alice, site.name()));
        assertThat(installed.steps()).extracting(StepView::name).containsExactly("install");
        assertThat(installed.state()).isEqualTo(JobState.SUCCEEDED);
    }

    /** Beside one that the clock renews. */
    @Test
    void thatSomebodyHasOrderedByAnotherChoiceIsGivenUpForARealOneOnly() {
        var alice = owner("alice");
        var site = trusted(alice);
        var authority = authority();
        over(certificates.issue(alice, site.name(), from(authority, false, false)));
        issued(site, 2, authority);
        assertThat(refusal(
                        Conflict.class, () -> certificates.issue(alice, site.name(), from(authority(), true, false))))
                .isEqualTo(Problem.of("certificate-waiting", 2, site.name()));
        over(certificates.issue(alice, site.name(), from(authority(), false, false)));
        assertThat(certificates.find(alice, site.name()).history())
                .filteredOn(some -> some.number() == 2)
                .extracting(CertificateView::state)
                .containsExactly(CertificateState.FAILED);
    }

    @Test
    void isOrderedByAnotherChoiceOnceWhatWaitedIsNoMoreOfUse() {
        var alice = owner("alice");
        var site = site(alice);
        var authority = authority();
        over(certificates.issue(alice, site.name(), from(authority, false, false)));
        issued(site, 1, authority);
        rows.change(
                "update certificate set not_before = utc_timestamp(6) - interval 80 day,"
                        + " not_after = utc_timestamp(6) + interval 1 day where site_id = ?",
                site.id());
        over(certificates.issue(
                alice,
                site.name(),
                new CertificateDraft(Optional.empty(), Optional.of(KeyType.RSA_4096), Optional.empty())));
        assertThat(certificates.find(alice, site.name()).keyType()).isEqualTo(KeyType.RSA_4096);
    }

    @Test
    void takesNoTrustedOnesPlaceUntilThatIsConfirmed() {
        var alice = owner("alice");
        var site = trusted(alice);
        var staging = authority();
        issuedElsewhere(alice, staging);
        asked(
                site,
                authorityUntrusted(staging),
                confirmed -> certificates.issue(alice, site.name(), from(staging, false, confirmed)));
        trust(site);
        var brought = STRANGER.host(site.name(), "www." + site.name());
        asked(
                site,
                Problem.of("certificate-trust-untrusted", "CN=Staging"),
                confirmed -> certificates.upload(
                        alice,
                        site.name(),
                        new CertificateUpload(brought.pem() + STRANGER.pem(), brought.key(), confirmed)));
        trust(site);
        asked(
                site,
                Problem.of("certificate-trust-given-up"),
                confirmed -> certificates.withdraw(administrator(), site.name(), confirmed));
    }

    /** What is confirmed is what was asked, and all of it. */
    @Test
    void isNotGotByTheAnswerToAnotherQuestion() {
        var alice = owner("alice");
        var site = trusted(alice);
        var unknown = authority();
        var job = over(certificates.issue(alice, site.name(), without(site.name(), unknown)));
        issued(site, 2, unknown);
        assertThat(kept(facts(job, alice)).code()).isEqualTo("certificate-trust-kept");
        var staging = authority();
        issuedElsewhere(alice, staging);
        var both = catchThrowableOfType(
                Conflict.class,
                () -> certificates.issue(
                        alice,
                        site.name(),
                        new CertificateDraft(
                                Optional.of(staging.name()), Optional.empty(), Optional.of(List.of(site.name())))));
        assertThat(both.problems())
                .extracting(Problem::code)
                .containsExactly("authority-untrusted", "certificate-left-out-canonical");
    }

    private static CertificateDraft without(String name, DirectoryView authority) {
        return new CertificateDraft(
                Optional.of(authority.name()),
                Optional.empty(),
                Optional.of(List.of(name)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                true);
    }

    @Test
    void isAskedAboutByTheApiAndInTheForm() {
        var account = accountWithPassword();
        var site = trusted(account.actor());
        var staging = authority();
        issuedElsewhere(owner("alice"), staging);
        var path = "/api/v1/sites/" + site.name() + "/certificate";
        var body = Json.createObjectBuilder().add("authority", staging.name()).build();
        var rest = with(account.actor());
        var refused = rest.send("POST", path, body.toString(), "application/json");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("authority-untrusted", "\"field\":\"confirmed\"");
        var tried = Json.createObjectBuilder(body).add("dryRun", true).build();
        var accepted = rest.send("POST", path, tried.toString(), "application/json");
        assertThat(accepted.statusCode()).isEqualTo(202);
        over(newestJob(site.id()));

        var browser = Visitor.withBrowser();
        browser.logIn(account.actor().name(), account.password());
        var page = "/sites/" + site.id() + "/certificate";
        var fields = Map.of("chosen", "true", "authority", staging.name());
        assertThat(browser.get(page).body()).doesNotContain("name=\"confirmed\"");
        var asked = browser.submit(page, "issue-form", "issue", fields);
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.body()).contains("CN=Staging").containsOnlyOnce("name=\"confirmed\"");
        var trial = browser.submit(
                page, "issue-form", "issue", Map.of("chosen", "true", "authority", staging.name(), "dryRun", "true"));
        assertThat(trial.statusCode()).isEqualTo(302);
        assertThat(over(newestJob(site.id())).steps())
                .extracting(StepView::name)
                .doesNotContain("install");
        var insisted = browser.submit(
                page,
                "issue-form",
                "issue",
                Map.of("chosen", "true", "authority", staging.name(), "confirmed", "true"));
        assertThat(insisted.statusCode()).isEqualTo(302);
        assertThat(over(newestJob(site.id())).steps())
                .extracting(StepView::name)
                .contains("install");
    }

    /** That an authority is not trusted may be seen only by what it has issued. */
    @Test
    void isKeptFromVisitorsWhoHaveATrustedOne() {
        var alice = owner("alice");
        var site = trusted(alice);
        var unknown = authority();
        var job = over(certificates.issue(alice, site.name(), from(unknown, false, false)));
        issued(site, 2, unknown);
        var untrusted = Problem.of("certificate-trust-kept", 2, "CN=Staging");
        assertThat(kept(facts(job, alice))).isEqualTo(untrusted);
        // What visitors have is renewed as before, for which the clock asks nobody.
        var view = certificates.find(alice, site.name());
        assertThat(view.authority()).isNotEqualTo(Optional.of(unknown.name()));
        assertThat(view.nextAt()).isEmpty();
        ledger.requireTrust(facts(job, Actor.SYSTEM));
        rows.change("update certificate set not_after = utc_timestamp(6) where site_id = ? and number = 1", site.id());
        ledger.requireTrust(facts(job, alice));
        trust(site);
        // What follows one of the same authority is not asked about: its root may be new to this host alone.
        rows.change("update certificate set directory_id = ? where site_id = ?", unknown.id(), site.id());
        ledger.requireTrust(facts(job, Actor.SYSTEM));
        rows.change("update certificate set directory_id = null where site_id = ? and number = 1", site.id());
        var insisted = over(certificates.issue(alice, site.name(), from(unknown, false, true)));
        assertThat(insisted.steps()).extracting(StepView::name).containsExactly("install");
        assertThat(insisted.state()).isEqualTo(JobState.SUCCEEDED);
    }

    /** Such as what certbot got, when there is no other authority than one of one's own. */
    @Test
    void isBetterThanOneThatHasExpired() {
        var alice = owner("alice");
        var site = trusted(alice);
        var own = authority();
        issuedElsewhere(alice, own);
        rows.change(
                "update site_certificate set directory_id = ?, due_at = utc_timestamp(6) - interval 1 second where site_id = ?",
                own.id(),
                site.id());
        var before = newestJob(site.id()).id();
        Eventually.holds("the site has its turn", () -> {
            sweep("certificate-renewals");
            return newestJob(site.id()).id() != before;
        });
        over(newestJob(site.id()));
    }

    @Test
    void isConfirmedForGoodThoughTheFirstAttemptFails() {
        var alice = owner("alice");
        var site = trusted(alice);
        var staging = authority();
        issuedElsewhere(alice, staging);
        over(certificates.issue(alice, site.name(), from(staging, false, true)));
        var view = certificates.find(alice, site.name());
        assertThat(view.authority()).contains(staging.name());
        assertThat(view.nextAt()).isPresent();
        // Of another authority nobody has said anything.
        var other = authority();
        issuedElsewhere(alice, other);
        asked(
                site,
                authorityUntrusted(other),
                confirmed -> certificates.issue(alice, site.name(), from(other, false, confirmed)));
    }

    @Test
    void isNotOrderedAgainAfterSomebodyWentBackToATrustedOne() {
        var alice = owner("alice");
        var site = trusted(alice);
        var good = authority();
        rows.change("update certificate set directory_id = ? where site_id = ?", good.id(), site.id());
        var staging = authority();
        issuedElsewhere(alice, staging);
        over(certificates.issue(alice, site.name(), from(staging, false, true)));
        issued(site, 2, staging);
        assertThat(over(certificates.issue(alice, site.name(), from(staging, false, true)))
                        .state())
                .isEqualTo(JobState.SUCCEEDED);
        assertThat(certificates.find(alice, site.name()).authority()).contains(staging.name());
        over(certificates.goBack(alice, site.name(), Optional.of(1), false));
        assertThat(certificates.find(alice, site.name()).authority()).contains(good.name());
    }

    private static Problem authorityUntrusted(DirectoryView authority) {
        return Problem.of("authority-untrusted", authority.name(), "CN=Staging");
    }

    private Problem kept(JobFacts job) {
        return catchThrowableOfType(HostFailure.class, () -> ledger.requireTrust(job))
                .problem();
    }

    private interface Change {
        JobView make(boolean confirmed);
    }

    private void asked(SiteView site, Problem question, Change change) {
        var before = newestJob(site.id()).id();
        assertThat(refusal(Conflict.class, () -> change.make(false))).isEqualTo(question.at("confirmed"));
        assertThat(newestJob(site.id()).id()).isEqualTo(before);
        over(change.make(true));
    }

    /** A site whose visitors get a certificate that browsers trust. */
    private SiteView trusted(Actor owner) {
        var site = site(owner);
        var brought = Minted.selfSigned(site.name(), "www." + site.name());
        over(certificates.upload(owner, site.name(), new CertificateUpload(brought.pem(), brought.key(), false)));
        trust(site);
        return site;
    }

    /** As if what visitors get were signed by an authority that every Java knows. */
    private void trust(SiteView site) {
        rows.change(
                "update certificate set chain = ?, not_after = utc_timestamp(6) + interval 60 day where site_id = ?"
                        + " and state = 'SERVED'",
                known(),
                site.id());
    }

    private static String known() {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init((KeyStore) null);
            var root = ((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers()[0];
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(root.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException everyJavaCan) {
            throw new IllegalStateException(everyJavaCan);
        }
    }

    /** As if the authority had issued what was ordered last. */
    private void issued(SiteView site, int number, DirectoryView authority) {
        var host = STRANGER.host(site.name(), "www." + site.name());
        rows.change(
                "update certificate set state = 'ISSUED', chain = ?, fingerprint = sha2(concat(site_id, number), 256),"
                        + " issuer = 'CN=Between', not_before = utc_timestamp(6), not_after = utc_timestamp(6) + interval 90 day"
                        + " where site_id = ? and number = ? and directory_id = ?",
                host.pem() + STRANGER.pem(),
                site.id(),
                number,
                authority.id());
    }

    private void issuedElsewhere(Actor owner, DirectoryView authority) {
        var other = site(owner);
        over(certificates.issue(owner, other.name(), from(authority, false, false)));
        issued(other, 1, authority);
    }

    private JobFacts facts(JobView job, Actor actor) {
        return new JobFacts(
                job.id(), job.type(), job.siteId(), job.ownerId(), job.targetName(), actor, input(job.id()));
    }

    private JsonObject input(long job) {
        try (var reader = Json.createReader(new StringReader(rows.value("select input from job where id = ?", job)))) {
            return reader.readObject();
        }
    }

    private DirectoryView authority() {
        var name = "Authority " + Fresh.random();
        return directories.create(
                Actor.ROOT,
                new DirectoryDraft(
                        name,
                        "https://acme.example/" + name.replace(' ', '-'),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Optional.of(true),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static CertificateDraft from(DirectoryView authority, boolean dryRun, boolean confirmed) {
        return new CertificateDraft(
                Optional.of(authority.name()),
                Optional.empty(),
                Optional.of(List.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                dryRun,
                confirmed);
    }
}
