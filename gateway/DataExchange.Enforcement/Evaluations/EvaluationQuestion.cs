using DataExchange.Contracts.Records;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;

namespace DataExchange.Enforcement.Evaluations;

/// <summary>Whether somebody may see fields of a record; nobody is asked for the record.</summary>
/// <param name="Actor">Who would see them.</param>
/// <param name="Asker">Who asks on behalf of the actor; null where they are the same.</param>
/// <param name="Dataset"><c>{provider}/{name}</c>.</param>
/// <param name="Query">Whose record, for what, which fields.</param>
/// <param name="Mode">One of <see cref="ExchangeMode.Query"/> and <see cref="ExchangeMode.Batch"/>.</param>
public sealed record EvaluationQuestion(Actor Actor, Actor? Asker, string Dataset, RecordQuery Query, ExchangeMode Mode);
