package org.berth.container;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.berth.accounts.AccountDraft;
import org.berth.accounts.Accounts;
import org.berth.accounts.ApiTokens;
import org.berth.accounts.TokenDraft;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.berth.jobs.JobState;
import org.berth.jobs.JobView;
import org.berth.jobs.Jobs;
import org.berth.platform.BerthException;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.platform.Sweep;
import org.berth.security.Actor;
import org.berth.security.Role;
import org.berth.security.Via;
import org.berth.sites.SiteDraft;
import org.berth.sites.SiteType;
import org.berth.sites.SiteView;
import org.berth.sites.Sites;
import org.berth.sites.WwwChoice;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that run as beans of the panel do, with people and sites of their own. */
@ExtendWith(ArquillianExtension.class)
abstract class WithinPanel {

    static final String ADDRESS = "192.0.2.7";

    @Inject
    Accounts accounts;

    @Inject
    Sites sites;

    @Inject
    Jobs jobs;

    @Any
    @Inject
    private Instance<Sweep> sweeps;

    @Inject
    ApiTokens tokens;

    @Inject
    Rows rows;

    @Inject
    Heard heard;

    @Deployment
    static WebArchive panel() {
        return PanelArchive.war();
    }

    /** Somebody who has chosen a password. */
    record Account(Actor actor, String password) {}

    Account accountWithPassword() {
        var made = accounts.create(Actor.ROOT, new AccountDraft(Fresh.login("session"), "Session", "", Role.OWNER));
        rows.change(
                "update account set password_one_time = 0, password_expires_at = null where id = ?",
                made.account().id());
        var actor = new Actor(made.account().id(), made.account().login(), Role.OWNER, Via.WEB, ADDRESS);
        return new Account(actor, made.oneTimePassword().password());
    }

    /** Somebody with a token, who has chosen a password. */
    Visitor with(Actor actor) {
        rows.change("update account set password_one_time = 0 where id = ?", actor.accountId());
        return Visitor.withToken(tokens.create(actor, new TokenDraft("test", 0)).secret());
    }

    Actor owner(String about) {
        return person(about, Role.OWNER);
    }

    Actor administrator() {
        return person("admin", Role.ADMINISTRATOR);
    }

    SiteView site(Actor owner) {
        return site(owner, Fresh.siteName("site"));
    }

    SiteView site(Actor owner, String name) {
        var job = over(sites.create(owner, SiteDraft.of(name, SiteType.STATIC)));
        if (job.state() != JobState.SUCCEEDED) {
            throw new AssertionError(job);
        }
        return sites.find(owner, name);
    }

    /** The wish for a static site. */
    static SiteDraft draft(String name, Optional<WwwChoice> www, Optional<String> key, String... aliases) {
        return new SiteDraft(
                name, SiteType.STATIC, false, Optional.empty(), Optional.empty(), www, List.of(aliases), key);
    }

    /** The job when nothing happens to it any more. */
    JobView over(JobView job) {
        Eventually.holds(
                "job " + job.id() + " is over",
                () -> jobs.find(Actor.ROOT, job.id()).state().isOver());
        return jobs.find(Actor.ROOT, job.id());
    }

    /** The newest job at a site. */
    JobView newestJob(long site) {
        return jobs.list(Actor.ROOT, jobsOf(site)).rows().get(0);
    }

    static PageRequest jobsOf(long site) {
        return new PageRequest(0, 10, "", true, "", Map.of("site", String.valueOf(site)));
    }

    /** Does at once what the clock will do in time. */
    void sweep(String name) {
        sweeps.stream()
                .filter(sweep -> sweep.name().equals(name))
                .findFirst()
                .orElseThrow()
                .run();
    }

    /** Why something was refused. */
    static Problem refusal(Class<? extends BerthException> kind, Callable<?> action) {
        try {
            throw new AssertionError("not refused, but answered " + action.call());
        } catch (BerthException refused) {
            if (!kind.isInstance(refused)) {
                throw new AssertionError("refused in another way", refused);
            }
            return refused.problem();
        } catch (Exception bug) {
            throw new AssertionError("not refused, but failed", bug);
        }
    }

    /** Does all at the same time, each on a thread of its own; what came of each, an answer or an exception. */
    static List<Object> atOnce(List<? extends Callable<?>> actions) throws InterruptedException {
        var together = new CountDownLatch(actions.size());
        var begun = new ArrayList<Future<Object>>();
        for (var action : actions) {
            begun.add(beside(() -> {
                together.countDown();
                together.await();
                return action.call();
            }));
        }
        var outcomes = new ArrayList<>();
        for (var future : begun) {
            outcomes.add(outcome(future));
        }
        return outcomes;
    }

    /** Begins something on a thread of its own. */
    static Future<Object> beside(Callable<?> action) {
        try {
            ExecutorService threads = InitialContext.doLookup("java:comp/DefaultManagedExecutorService");
            return threads.submit(action::call);
        } catch (NamingException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** For what shall be seen in the middle of. */
    static UserTransaction transaction() {
        try {
            return InitialContext.doLookup("java:comp/UserTransaction");
        } catch (NamingException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Answer or exception. */
    static Object outcome(Future<Object> begun) throws InterruptedException {
        try {
            return begun.get();
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }

    private Actor person(String about, Role role) {
        var made = accounts.create(Actor.ROOT, new AccountDraft(Fresh.login(about), about, "", role))
                .account();
        return new Actor(made.id(), made.login(), made.role(), Via.REST, ADDRESS);
    }
}
