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

/** Changes PHP version, names and the way to HTTPS; each is true as soon as its step is done. */
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
        return Stream.of("php", "vhost", "tls")
                .filter(step -> input.containsKey(key(step)))
                .toList();
    }

    @Override
    public Step step(String name) {
        return switch (name) {
            case "php" -> VerbStep.of(host, "php-apply", life::php).then(life::phpSwitched);
            case "vhost" ->
                VerbStep.of(host, "vhost-apply", life::vhost)
                        .heardBy(life::shown)
                        .then(life::namesPublished);
            case "tls" ->
                VerbStep.of(host, "vhost-apply", life::tls).heardBy(life::shown).then(life::ledToHttps);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** What the wish has if it needs the step. */
    private static String key(String step) {
        return switch (step) {
            case "php" -> "phpVersion";
            case "vhost" -> "www";
            default -> "hsts";
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
