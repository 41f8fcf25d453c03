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

/** Changes PHP version and names; each is true as soon as its step is done. */
@ApplicationScoped
class UpdateRecipe extends SiteRecipe {

    private final Host host;
    private final SiteLife life;

    /** For the container's proxy. */
    UpdateRecipe() {
        this(null, null);
    }

    @Inject
    UpdateRecipe(Host host, SiteLife life) {
        super("update");
        this.host = host;
        this.life = life;
    }

    @Override
    public List<String> steps(JsonObject input) {
        return Stream.of("php", "vhost")
                .filter(step -> input.containsKey("php".equals(step) ? "phpVersion" : "www"))
                .toList();
    }

    @Override
    public Step step(String name) {
        return switch (name) {
            case "php" -> VerbStep.of(host, "php-apply", life::php).then(life::phpSwitched);
            case "vhost" -> VerbStep.of(host, "vhost-apply", life::vhost).then(life::namesPublished);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public void over(JobFacts job, JobState outcome) {
        if (outcome != JobState.SUCCEEDED) {
            life.changeGivenUp(job);
        }
    }

    @Override
    public void retrying(JobFacts job) {
        life.changeTakenUpAgain(job);
    }
}
