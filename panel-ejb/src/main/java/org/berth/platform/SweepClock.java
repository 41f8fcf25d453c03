package org.berth.platform;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Properties;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/**
 * Starts every {@link Sweep} in time. Quartz keeps the time and nothing else, in memory, so that stopping the panel never
 * waits for it; the sweeps themselves run on threads of the server.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionManagement(TransactionManagementType.BEAN)
public class SweepClock {

    @Inject
    @Any
    private Instance<Sweep> sweeps;

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ContextService contexts;

    private Scheduler scheduler;

    @PostConstruct
    void start() {
        try {
            scheduler = new StdSchedulerFactory(settings()).getScheduler();
            for (var sweep : sweeps) {
                schedule(sweep);
            }
            scheduler.start();
        } catch (SchedulerException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @PreDestroy
    void stop() {
        try {
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
                TriggerBuilder.newTrigger()
                        .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                                .withIntervalInMilliseconds(sweep.every().toMillis())
                                .repeatForever()
                                .withMisfireHandlingInstructionNextWithRemainingCount())
                        .build());
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
