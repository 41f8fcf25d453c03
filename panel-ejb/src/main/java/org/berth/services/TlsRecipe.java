package org.berth.services;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.berth.host.Host;
import org.berth.host.VerbCall;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobRecipe;
import org.berth.jobs.JobState;
import org.berth.jobs.Step;
import org.berth.security.Permission;

/** Sets what all sites take of TLS. The verb proves it or goes back by itself; the other choice takes it back. */
@ApplicationScoped
class TlsRecipe implements JobRecipe {

    static final String TYPE = "host-tls";

    /** Key of the input. */
    static final String PROFILE = "profile";

    /** The number of what there is once on a host, as no site has it. */
    static final long HOST = 0;

    @Inject
    private Host host;

    @Inject
    private HostFacts facts;

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<String> steps(JsonObject input) {
        return List.of("serve");
    }

    @Override
    public Step step(String name) {
        return context -> {
            var result = host.call(VerbCall.change(
                    "tls-profile",
                    HOST,
                    context.call(),
                    Map.of(PROFILE, context.job().input().getString(PROFILE))));
            facts.renew();
            return result;
        };
    }

    @Override
    public Permission permission(JobFacts job) {
        return Permission.on("host", "tls");
    }

    /** What is chosen is on the host alone. */
    @Override
    public void over(JobFacts job, JobState outcome) {}
}
