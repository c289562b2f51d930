using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Matters;

namespace DataExchange.Enforcement.Cases;

/// <summary>What came of asking for one need: the answer whose release is logged, or a problem; never both.</summary>
/// <param name="Need">The need.</param>
/// <param name="Answer">The record, with the receipt of its release.</param>
/// <param name="Problem">Why there is none.</param>
public sealed record GatheredNeed(MatterNeed Need, RecordAnswer? Answer, ExchangeProblem? Problem);
