package org.berth.sites;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.berth.host.Host;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobState;
import org.berth.jobs.Step;
import org.berth.security.Permission;

/** Makes a site, or leaves nothing of it: what visitors see comes last. */
@ApplicationScoped
class CreateRecipe extends SiteRecipe {

    private final Host host;
    private final SiteLife life;

    /** For the container's proxy. */
    CreateRecipe() {
        this(null, null);
    }

    @Inject
    CreateRecipe(Host host, SiteLife life) {
        super("create");
        this.host = host;
        this.life = life;
    }

    @Override
    public List<String> steps(JsonObject input) {
        return Stream.of("user", "files", "php", "database", "vhost")
                .filter(step -> !"php".equals(step) || SiteInput.hasPhp(input))
                .filter(step -> !"database".equals(step) || SiteInput.hasDatabase(input))
                .toList();
    }

    @Override
    public Step step(String name) {
        return switch (name) {
            case "user" -> VerbStep.of(host, "site-user-create", life::user).undoneBy("site-user-remove");
            case "files" -> VerbStep.of(host, "site-files-create", life::files).undoneBy("site-files-remove");
            case "php" -> VerbStep.of(host, "php-apply", life::php).undoneBy("php-remove");
            case "database" ->
                VerbStep.of(host, "database-create", life::database).undoneBy("database-remove");
            case "vhost" -> VerbStep.of(host, "vhost-apply", life::vhost).undoneBy("vhost-remove");
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Whoever may delete a site may also stop its making. */
    @Override
    public Permission permission(JobFacts job) {
        return Permission.on("site", "delete", job.ownerId(), job.site());
    }

    @Override
    public boolean undoes() {
        return true;
    }

    @Override
    public void over(JobFacts job, JobState outcome) {
        switch (outcome) {
            case SUCCEEDED -> life.created(job);
            case UNDONE, CANCELLED -> life.removed(job);
            default -> {
                // Stalled: something may be left on the host, so the names stay taken until a person has looked.
            }
        }
    }
}
