using DataExchange.Contracts.Log;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Agreements;

/// <summary>The consumer's side: what it writes and asks for. A draft may be half finished; what is asked for keeps every rule of the founding file.</summary>
internal static class AgreementDrafts
{
    // The entry that puts it in force holds the agreement and the parties' signatures in one leaf.
    private const int RoomForSignatures = 4096;

    public static CommandOutcome Draft(string id, SharingAgreement agreement, AgreementRecord? record, Party by) =>
        Check(id, agreement, record, (record?.Newest ?? 0) + 1, by, new FoundingFaults()) ?? CommandOutcome.Accept(new AgreementDrafted(agreement));

    public static CommandOutcome Revise(SharingAgreement agreement, AgreementRecord record, Party by) =>
        Check(record.Id, agreement, record, record.Pending!.Agreement.Revision, by, new FoundingFaults()) ?? CommandOutcome.Accept(new AgreementDrafted(agreement));

    public static CommandOutcome Submit(SharingAgreement agreement, RegionSnapshot rules, DateTimeOffset now)
    {
        var faults = Faults(agreement, rules, now);
        return faults.Count > 0
            ? CommandOutcome.Refuse(faults)
            : CommandOutcome.Accept(new AgreementRequested(agreement.Id, agreement.Revision, AgreementClocks.ReplyTo(rules.FindDataset(agreement.Dataset)!)));
    }

    public static CommandOutcome Supplement(SharingAgreement agreement, AgreementRecord record, RegionSnapshot rules, DateTimeOffset now)
    {
        var asked = record.Pending!.Agreement;
        var faults = new FoundingFaults();
        RequireSameParties(agreement, asked, faults);
        foreach (var fault in Faults(agreement, rules, now))
        {
            faults.Add(fault.Path, fault.Message);
        }

        return Check(record.Id, agreement, record, asked.Revision, new Party { Member = asked.Consumer, ClientId = "", Roles = [] }, faults)
            ?? CommandOutcome.Accept(new AgreementSupplemented(agreement, AgreementClocks.ReplyTo(rules.FindDataset(agreement.Dataset)!)));
    }

    /// <summary>Everything that stands between this agreement and being in force; nothing when it may be.</summary>
    public static IReadOnlyList<FoundingFault> Faults(SharingAgreement agreement, RegionSnapshot rules, DateTimeOffset now)
    {
        var faults = new FoundingFaults();
        AgreementRules.CheckAgreement(AgreementRegion.Of(rules), agreement, "$", faults);
        faults.Require(agreement.ValidTo > now, "$.validTo", "the term is over already.");
        AgreementRules.CheckOverlap(
            rules.Agreements.Between(agreement.Consumer, agreement.Dataset)
                .Where(other => other.Agreement.Id != agreement.Id && other.StateAt(now) is AgreementState.Active or AgreementState.Suspended)
                .Select(other => other.Agreement),
            agreement, "$", faults);
        return faults.All;
    }

    private static CommandOutcome? Check(string id, SharingAgreement agreement, AgreementRecord? record, int revision, Party by, FoundingFaults faults)
    {
        faults.RequireCode(agreement.Id, "$.id");
        faults.Require(agreement.Revision == revision, "$.revision", $"{agreement.Revision} is not the revision that is written now; it is {revision}.");
        faults.Require(agreement.Consumer == by.Member, "$.consumer", "the consumer writes the request; name your own department.");
        faults.Require(id == agreement.Id, "$.id", $"'{agreement.Id}' is another agreement than the one that is written to.");
        if (record?.Current is { } current)
        {
            RequireSameParties(agreement, current.Agreement, faults);
        }

        var length = CanonicalJson.Canonicalize(AgreementDocument.WordsOf(agreement)).Length;
        faults.Require(
            length <= FoundingFile.MaxRecordLength - RoomForSignatures, "$",
            $"takes {length} bytes; with its signatures it has to fit a leaf, so at most {FoundingFile.MaxRecordLength - RoomForSignatures}. Shorten it.");
        return faults.All.Count > 0 ? CommandOutcome.Refuse([.. faults.All.Distinct()]) : null;
    }

    private static void RequireSameParties(SharingAgreement agreement, SharingAgreement earlier, FoundingFaults faults)
    {
        faults.Require(agreement.Consumer == earlier.Consumer, "$.consumer", $"an amendment is between the same departments; leave '{earlier.Consumer}' or draft another agreement.");
        faults.Require(agreement.Provider == earlier.Provider, "$.provider", $"an amendment is between the same departments; leave '{earlier.Provider}' or draft another agreement.");
        faults.Require(agreement.Dataset == earlier.Dataset, "$.dataset", $"an amendment is over the same dataset; leave '{earlier.Dataset}' or draft another agreement.");
    }
}
