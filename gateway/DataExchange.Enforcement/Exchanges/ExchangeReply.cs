using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Buffers;

namespace DataExchange.Enforcement.Exchanges;

/// <summary>How an exchange ended: an answer whose release is logged, or a problem. Written to a response, or as a line of a batch.</summary>
internal sealed class ExchangeReply : IDisposable
{
    private ExchangeReply(PooledBuffer? answer, ExchangeProblem? problem, TimeSpan? retryAfter) =>
        (Answer, Problem, RetryAfter) = (answer, problem, retryAfter);

    /// <summary>The <c>RecordAnswer</c> in JSON; null for a problem.</summary>
    public PooledBuffer? Answer { get; }

    /// <summary>Null for an answer.</summary>
    public ExchangeProblem? Problem { get; }

    /// <summary>The entry of the access log that says so, for a refusal by the rules; else null.</summary>
    public long? Entry { get; private init; }

    /// <summary>When it makes sense to ask again.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>For metrics.</summary>
    public string Code => Problem?.Code ?? "released";

    public static ExchangeReply Released(PooledBuffer answer) => new(answer, null, null);

    public static ExchangeReply Refused(ExchangeProblem problem, TimeSpan? retryAfter = null) => new(null, problem, retryAfter);

    /// <summary>Refused by the rules, as this entry of the access log says.</summary>
    public static ExchangeReply Refused(ExchangeProblem problem, TimeSpan? retryAfter, long entry) => new(null, problem, retryAfter) { Entry = entry };

    public static ExchangeReply Refused(ProblemSlug slug) => Refused(Problems.Problem.Of(slug));

    public void Dispose() => Answer?.Dispose();
}
