using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;
using DataExchange.Policy.Json;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Model;
using DataExchange.Policy.Proposals;

namespace DataExchange.Policy.Founding;

/// <summary>The founding file: parsed, validated, and turned into the first events of the governance log.</summary>
public static class FoundingFile
{
    /// <summary>Largest record that fits a leaf beside its kind and time, in bytes.</summary>
    public const int MaxRecordLength = 65_000;

    /// <summary>Parses and validates; returns every fault there is, or a document without any.</summary>
    public static (FoundingDocument? Document, IReadOnlyList<FoundingFault> Faults) Read(ReadOnlySpan<byte> utf8Json)
    {
        FoundingDocument? document;
        IReadOnlyList<FoundingFault> faults;
        try
        {
            using var json = JsonDocument.Parse(CanonicalJson.Canonicalize(utf8Json));
            faults = NullRules.Check(json.RootElement);
            document = faults.Count == 0 ? JsonSerializer.Deserialize(utf8Json, PolicyJsonContext.Default.FoundingDocument) : null;
        }
        catch (JsonException exception)
        {
            return (null, [new FoundingFault(exception.Path ?? "$", $"cannot be read: {exception.Message}")]);
        }
        catch (FormatException exception)
        {
            return (null, [new FoundingFault("$", $"has no canonical form: {exception.Message}")]);
        }

        faults = document is null ? faults : Validate(document);
        return faults.Count == 0 ? (document, faults) : (null, faults);
    }

    /// <summary>Every fault of a document.</summary>
    public static IReadOnlyList<FoundingFault> Validate(FoundingDocument document)
    {
        var faults = new FoundingFaults();
        RegionRules.Check(document, faults);
        CatalogueRules.Check(document, faults);
        AgreementRules.Check(document, faults);
        MatterRules.Check(document, faults);
        if (faults.All.Count == 0)
        {
            // Only a document that hangs together can be judged by its signatures and sizes.
            ApprovalRules.Check(document, faults);
            foreach (var (@event, index) in Events(document).Select((e, i) => (e, i)))
            {
                var length = GovernanceRecords.Write(@event).Length;
                faults.Require(length <= MaxRecordLength, "$", $"event {index} ({@event.Kind}) takes {length} bytes; a leaf holds {MaxRecordLength}. Shorten it.");
            }
        }

        return faults.All;
    }

    /// <summary>The first events of the governance log, in the order of the document.</summary>
    public static IEnumerable<GovernanceEvent> Events(FoundingDocument document)
    {
        var registered = Registrations(document).ToList();
        return registered.Prepend(new RegionFounded(document.Region, document.Names, document.Founded) { Entries = registered.Count + 1 });
    }

    private static IEnumerable<GovernanceEvent> Registrations(FoundingDocument document)
    {
        foreach (var member in document.Members)
        {
            yield return new MemberAdmitted(member);
        }

        foreach (var purpose in document.Purposes)
        {
            yield return new PurposeRegistered(purpose);
        }

        foreach (var dataset in document.Datasets)
        {
            yield return new DatasetPublished(dataset);
        }

        foreach (var notice in document.Notices)
        {
            yield return new NoticePublished(notice);
        }

        foreach (var signed in document.Agreements)
        {
            yield return new AgreementActivated(signed);
            if (signed.SuspendedBecause is { } reason)
            {
                yield return new AgreementSuspended(signed.Agreement.Id, reason);
            }
        }

        foreach (var matter in document.Matters ?? [])
        {
            yield return new MatterDefined(matter);
        }

        if (document.Witnesses is { } witnesses)
        {
            yield return new WitnessesAppointed(witnesses);
        }

        if (document.Monitoring is { } monitoring)
        {
            yield return new MonitoringSet(monitoring);
        }

        if (document.Quorum is { } quorum)
        {
            yield return new QuorumSet(quorum);
        }
    }
}
