package org.berth.sites;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import org.berth.host.Host;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobState;
import org.berth.jobs.Step;

/** Removes everything that a site has, in the reverse of the order in which it was made; cannot be taken back. */
@ApplicationScoped
class PurgeRecipe extends SiteRecipe {

    /** Visitors first, and the user last: nothing may be left that belongs to it. */
    static final List<String> ORDER = List.of("vhost", "database", "php", "files", "user");

    private final Host host;
    private final SiteLife life;

    /** For the container's proxy. */
    PurgeRecipe() {
        this(null, null);
    }

    @Inject
    PurgeRecipe(Host host, SiteLife life) {
        this("purge", host, life);
    }

    PurgeRecipe(String action, Host host, SiteLife life) {
        super(action);
        this.host = host;
        this.life = life;
    }

    @Override
    public List<String> steps(JsonObject input) {
        return ORDER.stream()
                .filter(step -> !"php".equals(step) || SiteInput.hasPhp(input))
                .filter(step -> !"database".equals(step) || SiteInput.hasDatabase(input))
                .toList();
    }

    @Override
    public Step step(String name) {
        return switch (name) {
            case "vhost" -> VerbStep.of(host, "vhost-remove");
            case "database" -> VerbStep.of(host, "database-remove");
            case "php" -> VerbStep.of(host, "php-remove");
            case "files" -> VerbStep.of(host, "site-files-remove");
            case "user" -> VerbStep.of(host, "site-user-remove");
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Half removed, a site is of no use to anybody, and nothing of it may be left. */
    @Override
    public boolean triesAgain() {
        return true;
    }

    @Override
    public void over(JobFacts job, JobState outcome) {
        if (outcome == JobState.SUCCEEDED) {
            life.removed(job);
        }
    }
}
