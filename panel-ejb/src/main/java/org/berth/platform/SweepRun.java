package org.berth.platform;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** One run of a {@link Sweep}, handed over from Quartz to a thread of the server; Quartz makes one for each run. */
@DisallowConcurrentExecution
public class SweepRun implements Job {

    static final String SWEEP = "sweep";
    static final String EXECUTOR = "executor";

    private static final Logger LOG = Logger.getLogger(SweepRun.class.getName());

    @Override
    public void execute(JobExecutionContext context) {
        var sweep = (Runnable) context.getMergedJobDataMap().get(SWEEP);
        var executor = (ManagedExecutorService) context.getMergedJobDataMap().get(EXECUTOR);
        try {
            executor.submit(sweep).get();
        } catch (ExecutionException failed) {
            var name = context.getJobDetail().getKey().getName();
            LOG.log(Level.WARNING, "sweep " + name + " failed; the next run tries again", failed.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
