package org.berth.sites;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.berth.host.Host;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobState;
import org.berth.jobs.Step;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;

/** Gives a site again what its rows say it has, by the verbs that made it; nothing of its files and data is removed. */
@ApplicationScoped
class RepairRecipe extends SiteRecipe {

    private static final Set<SiteState> LIVING = Set.of(SiteState.ACTIVE, SiteState.SUSPENDED, SiteState.DELETED);

    /** What a static site should have of PHP. */
    private static final String NO_PHP = "no-php";

    private final Host host;
    private final SiteLife life;

    /** For the container's proxy. */
    RepairRecipe() {
        this(null, null);
    }

    @Inject
    RepairRecipe(Host host, SiteLife life) {
        super("repair");
        this.host = host;
        this.life = life;
    }

    static void requireLiving(Site site) {
        if (!LIVING.contains(site.state())) {
            throw new Conflict(Problem.of("site-not-in-state", site.state().text(), SiteState.ACTIVE.text()));
        }
    }

    @Override
    public List<String> steps(JsonObject input) {
        return SiteInput.parts(input).stream()
                .map(part -> part == SitePart.PHP && !SiteInput.hasPhp(input) ? NO_PHP : part.step())
                .toList();
    }

    @Override
    public Step step(String name) {
        return switch (name) {
            case "user" -> VerbStep.of(host, "site-user-create", life::user);
            case "files" -> VerbStep.of(host, "site-files-create", life::files);
            case "php" -> VerbStep.of(host, "php-apply", life::php);
            case NO_PHP -> VerbStep.of(host, "php-remove");
            case "database" -> VerbStep.of(host, "database-create", life::database);
            case "vhost" -> VerbStep.of(host, "vhost-apply", life::vhost).heardBy(life::shown);
            case "keys" -> VerbStep.of(host, "certificate-clean", life::keys);
            case "state" -> VerbStep.of(host, "site-state", life::state);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public void over(JobFacts job, JobState outcome) {
        // The rows were right before.
    }

    @Override
    public void retrying(JobFacts job) {
        life.requireLiving(job);
    }
}
