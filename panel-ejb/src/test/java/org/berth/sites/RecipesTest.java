package org.berth.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.berth.host.Lease;
import org.berth.host.RecordingHost;
import org.berth.host.VerbFailure;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobRecipe;
import org.berth.jobs.StepContext;
import org.berth.security.Actor;
import org.junit.jupiter.api.Test;

class RecipesTest {

    private static final JsonObject STATIC = input("STATIC", false);
    private static final JsonObject FULL = input("PHP", true);

    private final RecordingHost host = new RecordingHost();

    @Test
    void siteGetsWhatItsTypeNeedsAndIsPublishedLast() {
        var recipe = new CreateRecipe(host, new SiteLife());

        assertThat(recipe.steps(STATIC)).containsExactly("user", "files", "vhost");
        assertThat(recipe.steps(FULL)).containsExactly("user", "files", "php", "database", "vhost");
    }

    @Test
    void everythingThatWasMadeIsRemoved() {
        var recipe = new PurgeRecipe(host, new SiteLife());

        assertThat(recipe.steps(FULL))
                .containsExactlyInAnyOrderElementsOf(new CreateRecipe(host, new SiteLife()).steps(FULL));
        assertThat(recipe.steps(FULL)).first().isEqualTo("vhost");
        assertThat(recipe.steps(FULL)).last().isEqualTo("user");
    }

    @Test
    void everyStepOfCreateCanBeTakenBack() {
        var recipe = new CreateRecipe(host, new SiteLife());

        recipe.steps(FULL).forEach(name -> recipe.step(name).undo(context(recipe, name)));

        assertThat(host.verbs())
                .containsExactly(
                        "site-user-remove", "site-files-remove", "php-remove", "database-remove", "vhost-remove");
    }

    @Test
    void updateDoesOnlyWhatChanges() {
        var recipe = new UpdateRecipe(host, new SiteLife());

        assertThat(recipe.steps(
                        Json.createObjectBuilder().add("phpVersion", "8.2").build()))
                .containsExactly("php");
        assertThat(recipe.steps(Json.createObjectBuilder()
                        .add("www", "NONE")
                        .add("hsts", "off")
                        .build()))
                .containsExactly("vhost", "tls");
    }

    @Test
    void repairMakesAgainAndRemovesNothingOfASite() {
        var recipe = new RepairRecipe(host, new SiteLife());

        assertThat(recipe.steps(SiteInput.parts(SiteType.PHP, Set.of(SitePart.values()))))
                .containsExactly("user", "files", "php", "database", "vhost", "keys", "state");
        assertThat(recipe.steps(SiteInput.parts(SiteType.STATIC, Set.of(SitePart.PHP, SitePart.VHOST))))
                .containsExactly("no-php", "vhost");
    }

    @Test
    void cleaningRemovesWhatIsLeftInTheOrderOfARemoval() {
        var recipe = new CleanRecipe(host, new SiteLife());
        var left = SiteInput.parts(SiteType.PHP, Set.of(SitePart.USER, SitePart.FILES, SitePart.VHOST));

        recipe.steps(left).forEach(name -> recipe.step(name).run(context(recipe, name)));

        assertThat(host.verbs()).containsExactly("vhost-remove", "site-files-remove", "site-user-remove");
    }

    @Test
    void verbIsToldWhoCallsUnderWhichLease() {
        var recipe = new SuspendRecipe(host, new SiteLife());

        recipe.step("offline").run(context(recipe, "offline"));

        var call = host.calls().get(0);
        assertThat(call.verb()).isEqualTo("site-state");
        assertThat(call.site()).isEqualTo(7);
        assertThat(call.args()).hasToString("{state=suspended}");
        assertThat(call.context().orElseThrow().lease()).isEqualTo(new Lease(1, 2, 3));
        assertThat(call.context().orElseThrow().actor()).isEqualTo("root");
    }

    @Test
    void failureOfTheHostIsTheFailureOfTheStep() {
        host.failing("site-state", VerbFailure.Kind.NEEDS_A_LOOK);
        var recipe = new DeleteRecipe(host, new SiteLife());

        assertThatThrownBy(() -> recipe.step("offline").run(context(recipe, "offline")))
                .isInstanceOf(VerbFailure.class);
    }

    @Test
    void typesAreNamedAfterTheirPermissions() {
        var life = new SiteLife();

        assertThat(Stream.of(
                                new CreateRecipe(host, life),
                                new UpdateRecipe(host, life),
                                new SuspendRecipe(host, life),
                                new ResumeRecipe(host, life),
                                new DeleteRecipe(host, life),
                                new RestoreRecipe(host, life),
                                new PurgeRecipe(host, life),
                                new RepairRecipe(host, life),
                                new CleanRecipe(host, life))
                        .map(JobRecipe::type))
                .allMatch(type -> type.startsWith("site-"))
                .doesNotHaveDuplicates();
    }

    private static StepContext context(JobRecipe recipe, String step) {
        var job = new JobFacts(1, recipe.type(), Optional.of(7L), 5, "example.com", Actor.ROOT, FULL);
        return new StepContext(job, new Lease(1, 2, 3), step);
    }

    private static JsonObject input(String type, boolean database) {
        return Json.createObjectBuilder()
                .add("type", type)
                .add("database", database)
                .build();
    }
}
