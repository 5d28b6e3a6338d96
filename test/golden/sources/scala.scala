package org.example.graph

import scala.collection.mutable
import scala.util.{Failure, Success, Try}

/** A node's number. */
type NodeId = Int

/** What a graph can be asked. */
trait Graph[+N]:
  def nodes: Iterable[N]

  /** The nodes one step away. */
  def neighbours(id: NodeId): List[NodeId]

  def degree(id: NodeId): Int = neighbours(id).size

/**
 * An edge with its weight.
 *
 * @param weight never negative
 */
final case class Edge(from: NodeId, to: NodeId, weight: Double = 1.0) {
  require(weight >= 0)

  def reversed: Edge = copy(from = to, to = from)
}

enum Direction(val sign: Int) {
  case Forward extends Direction(1)
  case Backward extends Direction(-1)

  def flip: Direction = if (this == Forward) Backward else Forward
}

sealed abstract class Result
object Result {
  case object Unreachable extends Result
  case class Found(path: List[NodeId], cost: Double) extends Result
}

@SerialVersionUID(1L)
class AdjacencyList[N](edges: Seq[Edge])(using ord: Ordering[N]) extends Graph[N] {
  private val byNode = mutable.Map.empty[NodeId, List[Edge]]
  private lazy val count = byNode.size

  for (edge <- edges) {
    byNode.updateWith(edge.from)(old => Some(edge :: old.getOrElse(Nil)))
  }

  /** An empty graph. */
  def this() = {
    this(Seq.empty)
  }

  override def nodes: Iterable[N] = Nil

  override def neighbours(id: NodeId): List[NodeId] =
    byNode.getOrElse(id, Nil).map(_.to)

  /** The cheapest way from one node to another.
    *
    * Dijkstra's algorithm.
    */
  @throws[NoSuchElementException]("when a node is missing")
  def shortest[T <: NodeId](from: T, to: T): Result = {
    val queue = mutable.PriorityQueue((0.0, List(from: NodeId)))(Ordering.by(-_._1))
    val seen = mutable.Set.empty[NodeId]

    def visit(cost: Double, path: List[NodeId]): Unit =
      for (edge <- byNode.getOrElse(path.head, Nil) if !seen(edge.to))
        queue.enqueue((cost + edge.weight, edge.to :: path))

    while (queue.nonEmpty) {
      val (cost, path) = queue.dequeue()
      if (path.head == to) return Result.Found(path.reverse, cost)
      if (seen.add(path.head)) visit(cost, path)
    }
    Result.Unreachable
  }

  // Joins two graphs.
  def ++(other: AdjacencyList[N]): AdjacencyList[N] = new AdjacencyList[N](edges)
}

object AdjacencyList {
  def apply[N: Ordering](edges: Edge*): AdjacencyList[N] = new AdjacencyList[N](edges)

  implicit class GraphOps[N](private val graph: Graph[N]) extends AnyVal {
    def isEmpty: Boolean = graph.nodes.isEmpty
  }

  given defaultOrdering: Ordering[Edge] with
    def compare(a: Edge, b: Edge): Int = a.weight.compare(b.weight)
}

extension (edge: Edge)
  /** Whether it starts where it ends. */
  def isLoop: Boolean = edge.from == edge.to

@main def run(args: String*): Unit =
  Try(args.head.toInt) match
    case Success(id) => println(id)
    case Failure(error) => println(error.getMessage)
