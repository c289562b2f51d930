using System.Globalization;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Decisions;

namespace DataExchange.Policy.Explanations;

/// <summary>Tells a decision gate by gate. Pure.</summary>
public static class Explainer
{
    private const int Gates = 10;

    /// <summary>Where it says nothing to a caller, a caller is not told that there is such a gate: not even that it was passed.</summary>
    private const int Restrictions = 9;

    /// <param name="trace">The decision, made again.</param>
    /// <param name="origins">What made the rules that it was decided under.</param>
    /// <param name="audience">Who reads it.</param>
    public static Explanation Explain(DecisionTrace trace, RuleOrigins origins, Audience audience)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(origins);
        var decision = audience == Audience.Caller ? trace.Decision.ForCaller() : trace.Decision;
        var citations = audience == Audience.Caller ? null : new Citations(trace, origins);
        return new Explanation(
            decision.Outcome,
            decision.Problem?.Code ?? (decision.Reasons.Count > 0 ? decision.Reasons[0].Code : null),
            LanguageTexts.InAll(texts => texts.Outcomes[decision.Outcome.ToString()]),
            [.. Enumerable.Range(1, Gates).Where(gate => audience != Audience.Caller || gate != Restrictions || decision.Reasons.Any(reason => reason.Gate == Restrictions)).Select(gate => Gate(gate, trace, decision, citations))]);
    }

    private static GateExplanation Gate(int gate, DecisionTrace trace, Decision decision, Citations? citations)
    {
        var reasons = decision.Reasons.Where(reason => reason.Gate == gate).Select(Reason).ToList();
        var status = reasons.Count > 0 ? GateStatus.Failed : WasReached(gate, trace) ? GateStatus.Passed : GateStatus.NotReached;
        return new GateExplanation(
            gate,
            LanguageTexts.InAll(texts => Of(texts, gate).Name),
            status,
            LanguageTexts.InAll(texts => texts.Statuses[status.ToString()]),
            citations is null ? null : LanguageTexts.InAll(texts => Of(texts, gate).Asked, citations.Asked),
            citations is null || status == GateStatus.NotReached ? [] : [.. citations.Of(gate)],
            reasons);
    }

    private static bool WasReached(int gate, DecisionTrace trace) => gate switch
    {
        5 => trace is { Consumer: not null, Dataset: not null },
        7 => trace is { Grant: not null, Purpose: not null, Dataset: not null },
        8 or 9 or 10 => trace.LookedAtPerson,
        _ => true,
    };

    private static ExplainedReason Reason(ProblemReason reason) => new(
        reason.Code, reason.Field, LanguageTexts.InAll(texts => texts.Codes[reason.Code].Meaning), LanguageTexts.InAll(texts => texts.Codes[reason.Code].Remedy));

    private static GateText Of(LanguageTexts texts, int gate) => texts.Gates[gate.ToString(CultureInfo.InvariantCulture)];
}
