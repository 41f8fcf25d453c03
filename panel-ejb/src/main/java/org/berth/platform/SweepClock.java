package org.berth.platform;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.quartz.DateBuilder;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;

/**
 * Starts every {@link Sweep} in time. Quartz keeps the time and nothing else, in memory, so that stopping the panel never
 * waits for it; the sweeps themselves run on threads of the server. It counts by the clock of the host, so when that is
 * set all begin anew: otherwise they would wait until a clock that was set back has caught up.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class SweepClock {

    private static final Logger LOG = Logger.getLogger(SweepClock.class.getName());
    private static final int SECONDS_BETWEEN_LOOKS = 5;

    @Inject
    @Any
    private Instance<Sweep> sweeps;

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ContextService contexts;

    /** Counts the time that passes, whatever the clock says. */
    @Resource
    private ManagedScheduledExecutorService looks;

    @Inject
    private ClockWatch watch;

    private Scheduler scheduler;
    private ScheduledFuture<?> looking;

    @PostConstruct
    void start() {
        try {
            scheduler = new StdSchedulerFactory(settings()).getScheduler();
            for (var sweep : sweeps) {
                schedule(sweep);
            }
            scheduler.start();
            looking = looks.scheduleWithFixedDelay(this::look, 0, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
        } catch (SchedulerException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @PreDestroy
    void stop() {
        try {
            looking.cancel(false);
            scheduler.shutdown(false);
        } catch (SchedulerException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void schedule(Sweep sweep) throws SchedulerException {
        var data = new JobDataMap();
        // Quartz's threads belong to no application: a bean made on one would find neither its database nor its
        // resources.
        data.put(SweepRun.SWEEP, contexts.contextualRunnable(sweep::run));
        data.put(SweepRun.EXECUTOR, executor);
        scheduler.scheduleJob(
                JobBuilder.newJob(SweepRun.class)
                        .withIdentity(sweep.name())
                        .usingJobData(data)
                        .build(),
                trigger(sweep, sweep.after()));
    }

    static Trigger trigger(Sweep sweep, Duration after) {
        return TriggerBuilder.newTrigger()
                .withIdentity(sweep.name())
                .startAt(DateBuilder.futureDate((int) after.toSeconds(), DateBuilder.IntervalUnit.SECOND))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                        .withIntervalInMilliseconds(sweep.every().toMillis())
                        .repeatForever()
                        .withMisfireHandlingInstructionNextWithRemainingCount())
                .build();
    }

    private void look() {
        try {
            watch.look();
        } catch (RuntimeException later) {
            // An exception would be the end of all looks.
            LOG.log(Level.WARNING, "the clock could not be written down; the next look tries again", later);
        }
    }

    /** Lets each sweep begin anew. */
    public void clockWasSet(@Observes(during = TransactionPhase.AFTER_SUCCESS) ClockJump jump) {
        try {
            for (var sweep : sweeps) {
                scheduler.rescheduleJob(TriggerKey.triggerKey(sweep.name()), trigger(sweep, Duration.ZERO));
            }
        } catch (SchedulerException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Properties settings() {
        var settings = new Properties();
        settings.setProperty("org.quartz.scheduler.instanceName", "berth");
        settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        settings.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        settings.setProperty("org.quartz.threadPool.threadCount", "4");
        settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        settings.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        return settings;
    }
}
