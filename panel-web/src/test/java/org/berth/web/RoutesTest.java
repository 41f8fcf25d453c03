package org.berth.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.berth.fixture.Routes;
import org.berth.web.platform.Api;
import org.junit.jupiter.api.Test;

/** What the API can be asked is known: a route that is new has to be decided about, here and before anything runs. */
class RoutesTest {

    @Test
    void eachRouteOfTheApiIsDecidedAndThereIsNoOther() throws Exception {
        var routes = new TreeSet<String>();
        for (var type : classes()) {
            if (type.isAnnotationPresent(Path.class)) {
                var root = "/" + type.getAnnotation(Path.class).value();
                Arrays.stream(type.getMethods())
                        .forEach(method ->
                                verb(method).ifPresent(verb -> routes.add(verb + " " + root + below(method))));
            }
        }
        assertThat(Routes.API.keySet()).isEqualTo(routes);
    }

    private static List<Class<?>> classes() throws IOException, URISyntaxException, ClassNotFoundException {
        var folder = java.nio.file.Path.of(
                Api.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var classes = new ArrayList<Class<?>>();
        try (var files = Files.walk(folder)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                var name = folder.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                classes.add(Class.forName(name, false, Api.class.getClassLoader()));
            }
        }
        return classes;
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value())
                .findFirst();
    }

    private static String below(Method method) {
        var path = method.getAnnotation(Path.class);
        // A variable may say what it looks like: {id: [0-9]{1,18}}.
        return path == null ? "" : "/" + path.value().replaceAll("\\{(\\w+):[^{}]*(\\{[^{}]*\\}[^{}]*)*\\}", "{$1}");
    }
}
