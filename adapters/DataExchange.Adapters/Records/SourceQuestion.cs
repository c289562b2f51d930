using DataExchange.Adapters.Fields;

namespace DataExchange.Adapters.Records;

/// <summary>A question that the gateway has logged and the kit has checked.</summary>
/// <param name="Dataset">One of the source's own maps.</param>
/// <param name="Subject">The subject's number, in the dataset's scheme. Personal data: it goes to the back end and nowhere else.</param>
/// <param name="Fields">The fields wanted, in the order asked; at least one, no repeats.</param>
public sealed record SourceQuestion(DatasetMap Dataset, string Subject, IReadOnlyList<FieldMap> Fields)
{
    /// <summary>The dataset's code alone: a question names a person.</summary>
    public override string ToString() => $"question about {Dataset.Code}";
}
