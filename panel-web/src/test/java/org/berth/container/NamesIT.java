package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.berth.fixture.Fresh;
import org.berth.jobs.JobState;
import org.berth.jobs.JobView;
import org.berth.platform.ClockJump;
import org.berth.platform.ClockLedger;
import org.berth.platform.Conflict;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.sites.SiteChange;
import org.berth.sites.SiteDraft;
import org.berth.sites.SiteName;
import org.berth.sites.SiteState;
import org.berth.sites.SiteType;
import org.berth.sites.WwwChoice;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A name")
class NamesIT extends WithinPanel {

    @Inject
    private ClockLedger clock;

    @Test
    void belongsToOneSiteWhetherAsItsNameItsWwwOrItsAlias() {
        var alice = owner("alice");
        var name = Fresh.siteName("names");
        var alias = Fresh.siteName("alias");
        over(sites.create(alice, draft(name, WwwChoice.SERVE_BOTH, alias)));
        // Not even another site of hers may have one of them.
        for (var taken : List.of(name, "www." + name, alias)) {
            assertThat(refusal(Conflict.class, () -> sites.create(alice, draft(taken, WwwChoice.NONE))))
                    .isEqualTo(Problem.of("name-taken", taken).at("name"));
            assertThat(refusal(
                            Conflict.class,
                            () -> sites.create(alice, draft(Fresh.siteName("other"), WwwChoice.NONE, taken))))
                    .isEqualTo(Problem.of("name-taken", taken).at("aliases"));
            assertThat(sites.checkName(alice, taken).problem()).contains(Problem.of("name-taken", taken));
        }
        var other = site(alice);
        assertThat(refusal(Conflict.class, () -> sites.update(alice, other.name(), aliases(alias))))
                .isEqualTo(Problem.of("name-taken", alias).at("aliases"));
        assertThat(sites.list(alice, PageRequest.first(10)).total()).isEqualTo(2);
    }

    @Test
    void goesToOneOfManyWhoWantItAtTheSameMoment() throws InterruptedException {
        var people = IntStream.range(0, 6).mapToObj(number -> owner("racer")).toList();
        var name = Fresh.siteName("race");
        var wishes = new ArrayList<Callable<JobView>>();
        for (var person : people) {
            wishes.add(() -> sites.create(person, SiteDraft.of(name, SiteType.STATIC)));
        }
        assertOneWinner(atOnce(wishes), name);
        assertThat(rows.number("select count(*) from site where name = ?", name))
                .isEqualTo(1);
    }

    @Test
    void goesToOneOfManyWhoWantItAsNameAndAsAlias() throws InterruptedException {
        var alice = owner("alice");
        var name = Fresh.siteName("race");
        var existing = site(alice);
        var outcomes = atOnce(List.<Callable<?>>of(
                () -> sites.create(owner("bob"), SiteDraft.of(name, SiteType.STATIC)),
                () -> sites.create(owner("carol"), draft(Fresh.siteName("carol"), WwwChoice.NONE, name)),
                () -> sites.update(alice, existing.name(), aliases(name))));
        assertOneWinner(outcomes, name);
    }

    @Test
    void belowOrAboveAnothersIsNotForOwners() {
        var alice = owner("alice");
        var bob = owner("bob");
        var label = "family-" + Fresh.random();
        site(alice, "shop." + label + ".com");
        var below = "eu.shop." + label + ".com";
        var above = label + ".com";
        for (var near : List.of(below, above)) {
            assertThat(refusal(Conflict.class, () -> sites.create(bob, SiteDraft.of(near, SiteType.STATIC))))
                    .isEqualTo(Problem.of("name-beside-others", near).at("name"));
            assertThat(refusal(
                            Conflict.class,
                            () -> sites.create(bob, draft(Fresh.siteName("mine"), WwwChoice.NONE, near))))
                    .isEqualTo(Problem.of("name-beside-others", near).at("aliases"));
        }
        // A name that only ends alike is another family; she herself and administrators may.
        site(bob, "hop." + above);
        site(bob, "shop.x" + above);
        site(alice, below);
        over(sites.create(administrator(), SiteDraft.of("eu." + above, SiteType.STATIC)));
    }

    @Test
    void belowAnotherThatIsTakenAtTheSameMomentIsNotForOwners() throws InterruptedException {
        var alice = owner("alice");
        var bob = owner("bob");
        for (var round = 0; round < 3; round++) {
            var parent = Fresh.siteName("parent");
            var outcomes = atOnce(List.<Callable<?>>of(
                    () -> sites.create(alice, SiteDraft.of(parent, SiteType.STATIC)),
                    () -> sites.create(bob, SiteDraft.of("child." + parent, SiteType.STATIC))));
            assertThat(outcomes).filteredOn(JobView.class::isInstance).hasSize(1);
            assertThat(outcomes).filteredOn(Conflict.class::isInstance).hasSize(1);
        }
    }

    @Test
    void ofThePanelIsNobodysAndNeitherIsOneBelowOrAboveItForOwners() {
        var alice = owner("alice");
        var panel = PanelArchive.NAME;
        var parent = panel.substring(panel.indexOf('.') + 1);
        for (var near : List.of(panel, "www." + panel, parent)) {
            assertThat(refusal(Conflict.class, () -> sites.create(alice, SiteDraft.of(near, SiteType.STATIC)))
                            .code())
                    .as(near)
                    .isEqualTo("name-of-panel");
        }
        for (var everybody : List.of(alice, administrator(), Actor.ROOT)) {
            assertThat(refusal(Conflict.class, () -> sites.create(everybody, SiteDraft.of(panel, SiteType.STATIC))))
                    .isEqualTo(Problem.of("name-of-panel", panel).at("name"));
        }
    }

    @Test
    void ofADeletedSiteIsKeptInItsDaysOfGraceAndFreeAfterThePurge() {
        var alice = owner("alice");
        var bob = owner("bob");
        var name = Fresh.siteName("grace");
        var alias = Fresh.siteName("grace-alias");
        over(sites.create(alice, draft(name, WwwChoice.REDIRECT_TO_BARE, alias)));
        var id = sites.find(alice, name).id();
        over(sites.delete(alice, name));
        for (var kept : List.of(name, "www." + name, alias)) {
            assertThat(sites.checkName(bob, kept).problem()).contains(Problem.of("name-taken", kept));
        }
        assertThat(over(sites.purge(Actor.ROOT, name)).state()).isEqualTo(JobState.SUCCEEDED);
        for (var free : List.of(name, "www." + name, alias)) {
            assertThat(sites.checkName(bob, free).isFree()).as(free).isTrue();
        }
        assertThat(site(bob, name).id()).isNotEqualTo(id);
    }

    @Test
    void isPurgedByTheClockWhenTheDaysOfGraceAreOverAndNotBefore() {
        var alice = owner("alice");
        var name = Fresh.siteName("due");
        var id = site(alice, name).id();
        over(sites.delete(alice, name));
        sweep("site-purges");
        assertThat(sites.find(alice, name).state()).isEqualTo(SiteState.DELETED);
        assertThat(rows.number("select timestampdiff(day, deleted_at, purge_at) from site where id = ?", id))
                .isEqualTo(30);
        rows.change("update site set purge_at = utc_timestamp(6) - interval 1 second where id = ?", id);
        sweep("site-purges");
        over(newestJob(id));
        assertThat(rows.value("select state from site where id = ?", id)).isEqualTo("REMOVED");
        assertThat(sites.checkName(alice, name).isFree()).isTrue();
    }

    @Test
    void isKeptForDaysThatHavePassedWhateverTheClockSays() {
        var alice = owner("alice");
        var name = Fresh.siteName("clock");
        var id = site(alice, name).id();
        over(sites.delete(alice, name));
        var ahead = Duration.ofDays(400);
        clock.see(new ClockJump(Instant.now(), ahead));
        assertThat(rows.number("select timestampdiff(day, deleted_at, purge_at) from site where id = ?", id))
                .isEqualTo(430);
        clock.see(new ClockJump(Instant.now(), ahead.negated()));
        assertThat(rows.number("select timestampdiff(day, deleted_at, purge_at) from site where id = ?", id))
                .isEqualTo(30);
    }

    @Test
    void heldForAChangeIsFreeWhenTheChangeFailsAndHeldAgainWhenItIsRetried() {
        var alice = owner("alice");
        var bob = owner("bob");
        var verbs = Verbs.of(alice);
        var site = site(alice);
        var wished = Fresh.siteName("wished");
        verbs.fail("vhost-apply");
        JobView change;
        try (var held = verbs.hold("vhost-apply")) {
            change = sites.update(alice, site.name(), aliases(wished));
            held.reached();
            assertThat(sites.checkName(bob, wished).problem()).contains(Problem.of("name-taken", wished));
        }
        assertThat(over(change).state()).isEqualTo(JobState.FAILED);
        site(bob, wished);
        verbs.succeed("vhost-apply");
        assertThat(refusal(Conflict.class, () -> jobs.retry(alice, change.id())))
                .isEqualTo(Problem.of("name-taken", wished).at("aliases"));
        assertThat(sites.find(alice, site.name()).names())
                .extracting(SiteName::ascii)
                .doesNotContain(wished);
    }

    private static void assertOneWinner(List<Object> outcomes, String name) {
        assertThat(outcomes).filteredOn(JobView.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(outcome -> !(outcome instanceof JobView))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOfSatisfying(Conflict.class, conflict -> {
                    assertThat(conflict.problem().code()).isEqualTo("name-taken");
                    assertThat(conflict.problem().args()).containsExactly(name);
                }));
    }

    private static SiteDraft draft(String name, WwwChoice www, String... aliases) {
        return draft(name, Optional.of(www), Optional.empty(), aliases);
    }

    private static SiteChange aliases(String... aliases) {
        return new SiteChange(Optional.empty(), Optional.empty(), Optional.of(List.of(aliases)));
    }
}
