/*
 * Licensed under the Apache License, Version 2.0.
 */
package org.example.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds words in documents.
 *
 * <p>Not safe for use by several threads.
 *
 * @param <D> what a document is
 */
@SuppressWarnings("unchecked")
public final class InvertedIndex<D extends Comparable<D>> implements Index<D> {
    private static final int INITIAL_CAPACITY = 16;
    private final List<Posting<D>> postings = new ArrayList<>();
    private int size;

    static {
        System.setProperty("index.loaded", "true");
    }

    /** One document in which a word occurs. */
    public static class Posting<D> {
        final D document;
        int count;

        Posting(D document) {
            this.document = document;
        }

        void increment() { count++; }
    }

    /** How documents are ordered. */
    public enum Order {
        BY_NAME("name") {
            @Override
            int compare(int a, int b) {
                return Integer.compare(a, b);
            }
        },
        BY_COUNT("count");

        private final String label;

        Order(String label) {
            this.label = label;
        }

        int compare(int a, int b) {
            return 0;
        }
    }

    /**
     * Makes an empty index.
     */
    public InvertedIndex() {
        this(INITIAL_CAPACITY);
    }

    InvertedIndex(int capacity) {
        this.size = capacity;
    }

    /**
     * Adds a document.
     *
     * @param document the document
     * @return whether it was new
     * @throws IllegalStateException when closed
     */
    @Override
    @Deprecated(since = "2")
    public synchronized <T extends D> boolean add(T document, String... words)
            throws IllegalStateException {
        for (String word : words) {
            postings.add(new Posting<>(document));
        }
        return size++ == 0;
    }

    // Anonymous classes stay with the method around them.
    Consumer<D> collector(List<D> into) {
        return new Consumer<D>() {
            @Override
            public void accept(D document) {
                into.add(document);
            }
        };
    }
}

interface Index<D> {
    boolean add(D document, String... words);

    /** Adds all of them. */
    default void addAll(Iterable<D> documents) {
        documents.forEach(document -> add(document));
    }
}

record Hit(String path, double score) {
    Hit {
        if (score < 0) {
            throw new IllegalArgumentException("score");
        }
    }

    static Hit none() {
        return new Hit("", 0);
    }
}

@interface Indexed {
    String value() default "";
}
