using DataExchange.Policy.Model;

namespace DataExchange.Policy.Founding;

/// <summary>Rules about what agreements may say.</summary>
internal static class AgreementRules
{
    public static void Check(FoundingDocument document, FoundingFaults faults)
    {
        faults.RequireUnique(document.Agreements.Select(a => a.Agreement.Id), "$.agreements");
        var region = AgreementRegion.Of(document);
        for (var i = 0; i < document.Agreements.Count; i++)
        {
            var (signed, path) = (document.Agreements[i], $"$.agreements[{i}]");
            CheckAgreement(region, signed.Agreement, path + ".agreement", faults);
            CheckOverlap(document.Agreements.Take(i).Select(earlier => earlier.Agreement), signed.Agreement, path + ".agreement", faults);
            faults.Require(signed.SuspendedBecause is null || !string.IsNullOrWhiteSpace(signed.SuspendedBecause), path + ".suspendedBecause", "is empty; say why, or leave it out.");
        }
    }

    /// <summary>What one agreement says, held against the region it is to be in force in.</summary>
    public static void CheckAgreement(AgreementRegion region, SharingAgreement agreement, string path, FoundingFaults faults)
    {
        faults.RequireCode(agreement.Id, path + ".id");
        faults.Require(agreement.Revision >= 1, path + ".revision", $"{agreement.Revision} is no revision; count from 1.");
        faults.RequireText(agreement.Basis, path + ".basis");
        faults.RequireText(agreement.Scenario, path + ".scenario");
        faults.Require(agreement.Mode != ExchangeMode.None, path + ".mode", "is missing; use Query, Batch or QueryAndBatch.");
        faults.Require(agreement.ValidFrom < agreement.ValidTo, path + ".validTo", "the term ends before it begins.");
        faults.Require(agreement.Quota?.IsValid() ?? true, path + ".quota", "needs at least one request, and either a window of 1 to 3600 seconds or a period.");
        CheckAutoSuspension(agreement.AutoSuspension ?? [], path + ".autoSuspension", faults);

        var consumer = region.FindMember(agreement.Consumer);
        faults.Require(consumer is not null, path + ".consumer", $"'{agreement.Consumer}' is no member of this region.");
        faults.Require(agreement.Clients.Count > 0, path + ".clients", "is empty; name the consumer's clients that may use it.");
        foreach (var client in agreement.Clients.Where(id => consumer is not null && consumer.Clients.All(c => c.ClientId != id)))
        {
            faults.Add(path + ".clients", $"'{client}' is not registered to {agreement.Consumer}.");
        }

        faults.Require(agreement.Dataset.StartsWith(agreement.Provider + "/", StringComparison.Ordinal), path + ".provider", $"'{agreement.Provider}' does not provide {agreement.Dataset}.");
        if (region.FindDataset(agreement.Dataset) is not { } dataset)
        {
            faults.Add(path + ".dataset", $"'{agreement.Dataset}' is no published dataset of this region.");
            return;
        }

        faults.Require(dataset.ShareClass != ShareClass.Prohibited, path + ".dataset", $"sharing of {dataset.Code} is prohibited, so there can be no agreement over it.");
        faults.Require(agreement.DatasetRevision == dataset.Revision, path + ".datasetRevision", $"{agreement.DatasetRevision} is not the published revision {dataset.Revision}.");
        faults.Require(agreement.Grants.Count > 0, path + ".grants", "is empty; grant something or leave the agreement out.");
        faults.RequireUnique(agreement.Grants.Select(g => g.Purpose), path + ".grants");
        for (var i = 0; i < agreement.Grants.Count; i++)
        {
            CheckGrant(region, dataset, agreement.Grants[i], $"{path}.grants[{i}]", faults);
        }
    }

    /// <summary>Of two agreements about the same use at the same time, it would be open which one permits, and ending one would end nothing.</summary>
    public static void CheckOverlap(IEnumerable<SharingAgreement> earlier, SharingAgreement agreement, string path, FoundingFaults faults)
    {
        foreach (var other in earlier.Where(other =>
            other.Consumer == agreement.Consumer && other.Dataset == agreement.Dataset
            && other.ValidFrom < agreement.ValidTo && agreement.ValidFrom < other.ValidTo
            && other.Grants.Any(grant => agreement.Grants.Any(g => g.Purpose == grant.Purpose))))
        {
            faults.Add(path + ".grants", $"'{other.Id}' grants the same purpose over the same dataset at the same time; merge the two or part their terms.");
        }
    }

    private static void CheckAutoSuspension(IReadOnlyList<SuspensionRule> rules, string path, FoundingFaults faults)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            faults.Require(rules[i].Of != SuspensionCause.None, $"{path}[{i}].of", "is missing; use Refusals or SchemaViolations.");
            faults.Require(rules[i].After is >= 1 and <= 100_000, $"{path}[{i}].after", $"{rules[i].After} is out of bounds; use 1 to 100000.");
            faults.Require(rules[i].WithinDays is >= 1 and <= 366, $"{path}[{i}].withinDays", $"{rules[i].WithinDays} is out of bounds; use 1 to 366.");
        }
    }

    private static void CheckGrant(AgreementRegion region, Dataset dataset, Grant grant, string path, FoundingFaults faults)
    {
        var purpose = region.FindPurpose(grant.Purpose);
        faults.Require(purpose is not null, path + ".purpose", $"'{grant.Purpose}' is no registered purpose of this region.");
        faults.RequireUnique(grant.Fields.Select(f => f.Name), path + ".fields");
        foreach (var obligation in grant.Obligations.Where(o => !Obligations.Known.Contains(o)))
        {
            faults.Add(path + ".obligations", $"'{obligation}' is not understood; use {string.Join(" or ", Obligations.Known.Order(StringComparer.Ordinal))}.");
        }

        for (var i = 0; i < grant.Fields.Count; i++)
        {
            CheckField(purpose, dataset, grant.Fields[i], $"{path}.fields[{i}]", faults);
        }
    }

    private static void CheckField(Purpose? purpose, Dataset dataset, GrantedField granted, string path, FoundingFaults faults)
    {
        if (dataset.FindField(granted.Name) is not { } field)
        {
            faults.Add(path + ".name", $"'{granted.Name}' is no field of {dataset.Code}.");
            return;
        }

        faults.Require(purpose is null || (purpose.Limits.GetValueOrDefault(dataset.Code)?.Contains(granted.Name) ?? false), path + ".name", $"the purpose does not need '{granted.Name}'; add it to the purpose's limits or leave it out.");
        faults.Require(field.Transforms.Contains(granted.Transform), path + ".transform", $"'{granted.Transform}' is not among the transforms that the dataset allows for '{field.Name}'.");
        faults.Require((granted.Transform == FieldTransform.Range) == (granted.RangeWidth is > 0), path + ".rangeWidth", "is the band's width: at least 1 with Range, absent otherwise.");
        faults.Require(granted.Basis != LegalBasis.None, path + ".basis", "is missing; name the item of PIPL article 13(1).");
        faults.Require(granted.Basis == LegalBasis.Consent || !string.IsNullOrWhiteSpace(granted.Citation), path + ".citation", $"the basis {granted.Basis} cites its provision.");
        faults.Require(!field.Sensitive || granted.Basis != LegalBasis.Consent || granted.SeparateConsent, path + ".separateConsent", $"'{field.Name}' is sensitive: consent to it is separate (PIPL art. 29).");
    }
}
