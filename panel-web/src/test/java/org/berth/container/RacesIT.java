package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.berth.fixture.Fresh;
import org.berth.jobs.JobState;
import org.berth.jobs.JobView;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.sites.SiteChange;
import org.berth.sites.SiteDraft;
import org.berth.sites.SiteState;
import org.berth.sites.SiteType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is asked for twice, or together with its contrary: one is done, the others are told why not. */
@DisplayName("Of two wishes at the same moment")
class RacesIT extends WithinPanel {

    private static final int AT_ONCE = 4;

    @Test
    void anyThatComesWhileASiteIsMadeIsToldOfThatJobAndTheSiteIsMade() {
        var alice = owner("alice");
        var name = Fresh.siteName("making");
        try (var held = Verbs.of(alice).hold("site-files-create")) {
            var making = sites.create(alice, SiteDraft.of(name, SiteType.STATIC));
            held.reached();
            for (var wish : List.<Callable<?>>of(
                    () -> sites.delete(alice, name),
                    () -> sites.suspend(alice, name, "too early"),
                    () -> sites.resume(alice, name),
                    () -> sites.restore(alice, name),
                    () -> sites.purge(Actor.ROOT, name),
                    () -> sites.update(alice, name, aliases(Fresh.siteName("early"))))) {
                assertThat(refusal(Conflict.class, wish))
                        .isEqualTo(Problem.of("site-busy", name, making.id(), "site-create"));
            }
        }
        assertThat(over(newestJob(sites.find(alice, name).id())).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(sites.find(alice, name).state()).isEqualTo(SiteState.ACTIVE);
    }

    @Test
    void twoChangesToTheSameAliasGiveItToOneSite() throws InterruptedException {
        var alice = owner("alice");
        var bob = owner("bob");
        var mine = site(alice);
        var his = site(bob);
        var alias = Fresh.siteName("alias");
        var outcomes = atOnce(List.<Callable<?>>of(
                () -> sites.update(alice, mine.name(), aliases(alias)),
                () -> sites.update(bob, his.name(), aliases(alias))));
        var winner = winner(outcomes);
        assertThat(loser(outcomes)).isEqualTo(Problem.of("name-taken", alias).at("aliases"));
        assertThat(over(winner).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(rows.number("select site_id from site_host_name where name = ?", alias))
                .isEqualTo(winner.siteId().orElseThrow());
    }

    @Test
    void aRestoreAndAPurgeNeverBothBegin() throws InterruptedException {
        var alice = owner("alice");
        var name = Fresh.siteName("grave");
        var id = site(alice, name).id();
        over(sites.delete(alice, name));
        var outcomes =
                atOnce(List.<Callable<?>>of(() -> sites.restore(alice, name), () -> sites.purge(Actor.ROOT, name)));
        var winner = winner(outcomes);
        assertThat(loser(outcomes).code()).isIn("site-busy", "site-not-in-state", "site-state-forbids");
        assertThat(over(winner).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(rows.value("select state from site where id = ?", id))
                .isEqualTo("site-restore".equals(winner.type()) ? "ACTIVE" : "REMOVED");
    }

    @Test
    void aRestoreInTheMiddleOfAPurgeIsTooLate() {
        var alice = owner("alice");
        var name = Fresh.siteName("grave");
        var id = site(alice, name).id();
        over(sites.delete(alice, name));
        try (var held = Verbs.of(Actor.ROOT).hold("site-files-remove")) {
            var purge = sites.purge(Actor.ROOT, name);
            held.reached();
            assertThat(refusal(Conflict.class, () -> sites.restore(alice, name)))
                    .isEqualTo(Problem.of("site-busy", name, purge.id(), "site-purge"));
        }
        over(newestJob(id));
        assertThat(rows.value("select state from site where id = ?", id)).isEqualTo("REMOVED");
        assertThat(rows.number("select count(*) from site_host_name where site_id = ?", id))
                .isZero();
    }

    @Test
    void theSameRequestToTheApiMakesOneSiteAndTheOthersSayWhoseTheNameIs() throws InterruptedException {
        var alice = owner("alice");
        var client = with(alice);
        var name = Fresh.siteName("twice");
        var answers = answers(() -> client.send("POST", "/api/v1/sites", wish(name), "application/json"));
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 202).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 202)
                .hasSize(AT_ONCE - 1)
                .allSatisfy(RacesIT::isConflict);
        over(newestJob(sites.find(alice, name).id()));
        assertMadeOnce(alice, name);
    }

    @Test
    void theSameRequestWithOneIdempotencyKeyIsOneJobForAll() throws InterruptedException {
        var alice = owner("alice");
        var key = Fresh.random();
        var name = Fresh.siteName("key");
        var outcomes = atOnce(copies(() -> sites.create(alice, draft(name, Optional.empty(), Optional.of(key)))));
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(JobView.class));
        assertThat(outcomes)
                .extracting(outcome -> ((JobView) outcome).id())
                .containsOnly(((JobView) outcomes.get(0)).id());
        over((JobView) outcomes.get(0));
        assertMadeOnce(alice, name);
    }

    @Test
    void theSameChangeThroughTheApiIsDoneOnceAndAConflictForTheOthers() throws InterruptedException {
        var alice = owner("alice");
        var client = with(alice);
        var site = site(alice);
        try (var held = Verbs.of(alice).hold("site-state")) {
            var answers = answers(() -> client.send(
                    "POST", "/api/v1/sites/" + site.id() + "/suspend", "{\"reason\":\"twice\"}", "application/json"));
            held.reached();
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 202).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() != 202)
                    .hasSize(AT_ONCE - 1)
                    .allSatisfy(RacesIT::isConflict);
        }
        over(newestJob(site.id()));
        assertThat(Verbs.of(alice).called()).filteredOn("site-state"::equals).hasSize(1);
    }

    @Test
    void theSameFormSentTwiceLeadsBothToTheOneJob() throws InterruptedException {
        var person = accountWithPassword();
        var name = Fresh.siteName("form");
        var fields = Map.of("name", name, "kind", "static", "key", Fresh.random());
        var browser = loggedIn(person);
        var answers = answers(() -> browser.submit("/sites/new", "create-form", "create", fields));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(302));
        var job = newestJob(sites.find(person.actor(), name).id());
        assertThat(answers)
                .allSatisfy(answer -> assertThat(
                                answer.headers().firstValue("Location").orElseThrow())
                        .endsWith("/jobs/" + job.id()));
        over(job);
        assertMadeOnce(person.actor(), name);
    }

    @Test
    void twoFormsWithTheSameNameMakeOneSiteAndTheOthersSaySoAtTheField() throws InterruptedException {
        var person = accountWithPassword();
        var name = Fresh.siteName("forms");
        var browser = loggedIn(person);
        var answers = answers(() -> browser.submit(
                "/sites/new", "create-form", "create", Map.of("name", name, "kind", "static", "key", Fresh.random())));
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 302).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 302)
                .hasSize(AT_ONCE - 1)
                .allSatisfy(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(200);
                    assertThat(answer.body()).contains("id=\"name-wrong\"").contains(name);
                });
        over(newestJob(sites.find(person.actor(), name).id()));
        assertMadeOnce(person.actor(), name);
    }

    private static Visitor loggedIn(Account person) {
        var browser = Visitor.withBrowser();
        browser.logIn(person.actor().name(), person.password());
        return browser;
    }

    private void assertMadeOnce(Actor owner, String name) {
        assertThat(rows.number("select count(*) from site where name = ?", name))
                .isEqualTo(1);
        assertThat(rows.number("select count(*) from job where target_name = ?", name))
                .isEqualTo(1);
        assertThat(rows.number(
                        "select count(*) from site s left join site_host_name n on n.site_id = s.id"
                                + " where s.owner_id = ? and n.name is null",
                        owner.accountId()))
                .isZero();
        assertThat(Verbs.of(owner).called()).containsExactly("site-user-create", "site-files-create", "vhost-apply");
    }

    private static void isConflict(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            var problem = reader.readObject();
            assertThat(problem.getString("what")).isNotBlank();
            assertThat(problem.getString("todo")).isNotBlank();
        }
    }

    private static JobView winner(List<Object> outcomes) {
        assertThat(outcomes).filteredOn(JobView.class::isInstance).hasSize(1);
        return outcomes.stream()
                .filter(JobView.class::isInstance)
                .map(JobView.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Problem loser(List<Object> outcomes) {
        var others = outcomes.stream()
                .filter(outcome -> !(outcome instanceof JobView))
                .toList();
        assertThat(others).singleElement().isInstanceOf(Conflict.class);
        return ((Conflict) others.get(0)).problem();
    }

    @SuppressWarnings("unchecked")
    private static List<HttpResponse<String>> answers(Callable<HttpResponse<String>> request)
            throws InterruptedException {
        return atOnce(copies(request)).stream()
                .map(outcome -> {
                    assertThat(outcome).isInstanceOf(HttpResponse.class);
                    return (HttpResponse<String>) outcome;
                })
                .toList();
    }

    private static List<Callable<?>> copies(Callable<?> wish) {
        return IntStream.range(0, AT_ONCE).<Callable<?>>mapToObj(number -> wish).toList();
    }

    private static String wish(String name) {
        return Json.createObjectBuilder()
                .add("name", name)
                .add("type", "STATIC")
                .build()
                .toString();
    }

    private static SiteChange aliases(String alias) {
        return new SiteChange(Optional.empty(), Optional.empty(), Optional.of(List.of(alias)));
    }
}
