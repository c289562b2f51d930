using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Catalogue;

/// <summary>Record of <c>dataset.drafted</c>.</summary>
internal sealed record DatasetDraftedRecord(Dataset Dataset, SubjectHandle By);

/// <summary>Record of <c>dataset.submitted</c> and <c>dataset.discarded</c>.</summary>
internal sealed record DatasetStepRecord(string Code, int Revision, SubjectHandle By);

/// <summary>Record of <c>dataset.returned</c> and <c>dataset.withdrawn</c>.</summary>
internal sealed record DatasetReasonRecord(string Code, int Revision, string Reason, SubjectHandle By);

/// <summary>The record of <c>dataset.published</c> is the dataset itself, as it always was; who reviewed it came later, and stands beside the dataset's own members.</summary>
internal sealed class DatasetPublishedKind() : EventKind(LeafKinds.DatasetPublished)
{
    private const string By = "by";

    public override byte[] Write(GovernanceEvent @event)
    {
        var published = (DatasetPublished)@event;
        var record = JsonSerializer.SerializeToNode(published.Dataset, PolicyJsonContext.Default.Dataset)!.AsObject();
        if (published.By is { } by)
        {
            record.Add(By, by.Value);
        }

        return CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(record, PolicyJsonContext.Default.JsonObject));
    }

    public override GovernanceEvent Read(ReadOnlySpan<byte> record, SubjectHandle subject)
    {
        var members = JsonSerializer.Deserialize(record, PolicyJsonContext.Default.JsonObject) ?? throw new JsonException("The record is null.");
        SubjectHandle? by = members.Remove(By, out var value) ? value.Deserialize(PolicyJsonContext.Default.SubjectHandle) : null;
        return new DatasetPublished(members.Deserialize(PolicyJsonContext.Default.Dataset) ?? throw new JsonException("The record is null."), by);
    }
}
