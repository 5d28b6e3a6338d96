@file:JvmName("Weather")

package org.example.weather

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

const val MAX_STATIONS = 50

/** Where somebody measures. */
data class Station(val id: String, val height: Int = 0)

typealias Celsius = Double

/** How a measurement went. */
sealed interface Reading {
    data class Good(val value: Celsius) : Reading
    data object Missing : Reading
}

enum class Unit(val sign: String) {
    CELSIUS("C") {
        override fun convert(value: Double) = value
    },
    FAHRENHEIT("F") {
        override fun convert(value: Double) = value * 9 / 5 + 32
    };

    abstract fun convert(value: Double): Double
}

/**
 * Asks stations for their readings.
 *
 * @property stations whom to ask
 */
@Suppress("unused")
class WeatherService<T : Station>(
    private val stations: List<T>,
    private val clock: () -> Long,
) : Service {
    private var lastAsked = 0L

    /** Set once by the tests. */
    lateinit var fallback: Reading

    init {
        require(stations.size <= MAX_STATIONS) { "too many stations" }
        lastAsked = clock()
    }

    /** A service with one station. */
    constructor(station: T) : this(listOf(station), { 0L }) {
        lastAsked = -1
    }

    val warmest: T?
        get() = stations.maxByOrNull { it.height }

    /** Asks every station once. */
    @Throws(java.io.IOException::class)
    override suspend fun readAll(timeout: Long): Map<T, Reading> {
        fun ask(station: T): Reading = fallback

        return stations.associateWith { ask(it) }
    }

    // Emits a reading whenever one comes.
    fun readings(): Flow<Reading> = flow {
        for (station in stations) {
            emit(Reading.Missing)
        }
    }

    operator fun get(id: String): T? = stations.find { it.id == id }

    companion object {
        /** The default service. */
        @JvmStatic
        fun default() = WeatherService(emptyList<Station>()) { System.currentTimeMillis() }
    }

    inner class Session {
        fun close() = Unit
    }
}

object Registry {
    private val services = mutableListOf<Service>()

    fun register(service: Service) {
        services += service
    }
}

/** Degrees as Americans write them. */
fun Celsius.toFahrenheit(): Double = this * 9 / 5 + 32

inline fun <reified T> List<*>.firstOf(): T? = firstOrNull { it is T } as T?

fun interface Service {
    suspend fun readAll(timeout: Long): Map<*, Reading>
}

fun main(args: Array<String>) {
    val `the service` = WeatherService.default()
    println(`the service`["x"])
}
