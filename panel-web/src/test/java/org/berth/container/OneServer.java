package org.berth.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.container.spi.Container;
import org.jboss.arquillian.container.spi.ContainerRegistry;
import org.jboss.arquillian.container.spi.client.deployment.DeploymentScenario;
import org.jboss.arquillian.container.spi.event.DeployManagedDeployments;
import org.jboss.arquillian.container.spi.event.UnDeployManagedDeployments;
import org.jboss.arquillian.container.test.impl.client.deployment.event.GenerateDeployment;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.InstanceProducer;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.spi.annotation.ClassScoped;
import org.jboss.arquillian.test.spi.event.suite.AfterSuite;
import org.jboss.arquillian.test.spi.event.suite.BeforeSuite;

/**
 * Arquillian starts a server for each class of tests; this has it start one for all. Also starts the database that the
 * server needs, and ends it with the tests.
 */
public class OneServer implements LoadableExtension {

    /** Not below the checkout: the path of a unix socket must be short. */
    private static final Path FOLDER =
            Path.of("/tmp", "berth-container-" + ProcessHandle.current().pid());

    private static final String SERVER = System.getProperty("java.io.tmpdir");
    private static final Path DEV = Path.of(System.getProperty("berth.dev"));

    @Override
    public void register(ExtensionBuilder builder) {
        // Before arquillian.xml is read, which names it.
        System.setProperty("berth.folder", FOLDER.toString());
        builder.observer(Observer.class);
    }

    /** What Arquillian tells, and what becomes of it. */
    public static class Observer {

        private DeploymentScenario first;
        private boolean deployed;

        @Inject
        @ClassScoped
        private InstanceProducer<DeploymentScenario> scenario;

        @Inject
        private Instance<ContainerRegistry> containers;

        void start(@Observes(precedence = 1) BeforeSuite event) throws IOException, InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(Observer::stopDatabase));
            Files.createDirectories(FOLDER.resolve("tmp"));
            HostScripts.layDown(FOLDER);
            run("database");
        }

        void generate(@Observes EventContext<GenerateDeployment> event) {
            if (first == null) {
                event.proceed();
                first = scenario.get();
            } else {
                scenario.set(first);
            }
        }

        void deploy(@Observes EventContext<DeployManagedDeployments> event) {
            if (!deployed) {
                deployed = true;
                event.proceed();
            }
        }

        /** The next class needs it, too. */
        void undeploy(@Observes EventContext<UnDeployManagedDeployments> event) {}

        void stop(@Observes AfterSuite event) throws Exception {
            if (!deployed) {
                return;
            }
            for (Container<?> container : containers.get().getContainers()) {
                // To this container, undeploying means to end the server.
                container.getDeployableContainer().undeploy(PanelArchive.war());
            }
        }

        private static void stopDatabase() {
            try {
                run("stop");
                run(List.of("rm", "-rf", FOLDER.toString()));
                // Where Arquillian has put the WAR.
                run(List.of("find", SERVER, "-name", "arquillian-*", "-prune", "-exec", "rm", "-rf", "{}", "+"));
            } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }

        private static void run(String command) throws IOException, InterruptedException {
            run(List.of(DEV.resolve("run.sh").toString(), command, FOLDER.toString()));
        }

        private static void run(List<String> words) throws IOException, InterruptedException {
            var builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("BERTH_PANEL_HOST", PanelArchive.NAME);
            var exit = builder.start().waitFor();
            if (exit != 0) {
                throw new IOException(words + " ended with " + exit);
            }
        }
    }
}
