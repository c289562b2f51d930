using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Agreements;

/// <summary>The parties' answers: signatures, refusals, and the provider's word that the data are connected.</summary>
internal static class AgreementAnswers
{
    public static CommandOutcome Approve(ApproveAgreement command, AgreementRecord record, AgreementSteps steps, RegionSnapshot rules, DateTimeOffset now)
    {
        var agreement = record.Pending!.Agreement;
        if (StandsAgainst(agreement, steps, command.By, rules, now) is { } conflict)
        {
            return conflict;
        }

        return Approval.TryVerify(command.Approval, agreement, rules.Membership.FindActive, out var signer) && signer == command.By.Member
            ? CommandOutcome.Accept(new AgreementApproved(
                agreement.Id, agreement.Revision, signer, command.Approval, [.. steps.Missing().Where(member => member != signer)]))
            : CommandOutcome.Refuse(
                ProblemSlugs.RequestMalformed,
                $"The signature does not verify against {agreement.Id}@{agreement.Revision} as it is written and a registered key of {command.By.Member}. Sign this very revision.");
    }

    public static CommandOutcome Refuse(RefuseAgreement command, AgreementRecord record, RegionSnapshot rules)
    {
        var agreement = record.Pending!.Agreement;
        var faults = new FoundingFaults();
        faults.Require(command.Reasons.Count > 0, "$.reasons", "is empty; a refusal says why.");
        for (var i = 0; i < command.Reasons.Count; i++)
        {
            CheckReason(command.Reasons[i], agreement, rules.FindDataset(agreement.Dataset), $"$.reasons[{i}]", faults);
        }

        return faults.All.Count > 0
            ? CommandOutcome.Refuse(faults.All)
            : CommandOutcome.Accept(new AgreementRefused(agreement.Id, agreement.Revision, command.By.Member!, command.Reasons));
    }

    /// <summary>Puts the approved revision in force. The one entry carries the revision as it was signed and every signature.</summary>
    public static CommandOutcome Provision(AgreementRecord record, AgreementSteps steps, Party by, RegionSnapshot rules, DateTimeOffset now)
    {
        var pending = record.Pending!;
        return StandsAgainst(pending.Agreement, steps, by, rules, now) ?? CommandOutcome.Accept(new AgreementActivated(
            new SignedAgreement { Agreement = pending.Agreement, Approvals = [.. pending.Approvals.Select(approval => approval.Jws)] }));
    }

    /// <summary>The catalogue, the members or another agreement may have changed since it was asked for.</summary>
    private static CommandOutcome? StandsAgainst(SharingAgreement agreement, AgreementSteps steps, Party by, RegionSnapshot rules, DateTimeOffset now) =>
        AgreementDrafts.Faults(agreement, rules, now) is { Count: > 0 } faults
            ? CommandOutcome.Conflict("The rules have changed since this was asked for; faults names what stands against it now.", steps.Next(by.Member)) with
            {
                Faults = [.. faults.Select(fault => new ProblemFault(fault.Path, fault.Message))],
            }
            : null;

    private static void CheckReason(RefusalReason reason, SharingAgreement agreement, Dataset? dataset, string path, FoundingFaults faults)
    {
        faults.Require(
            AgreementMachine.IsReason(reason.Detail), path + ".detail", $"says what is amiss, in 1 to {AgreementMachine.MaxReasonLength} characters; it stands in the open log, so it names no person.");
        faults.Require(reason.Ground == RefusalGround.FormFault || reason.At is null, path + ".at", "is for a fault of form; leave it out.");
        faults.Require(reason.Ground == RefusalGround.ConditionNotMet || reason.Condition is null, path + ".condition", "is for a condition that is not met; leave it out.");
        switch (reason.Ground)
        {
            case RefusalGround.FormFault:
                faults.Require(reason.At is { Length: > 1 and <= 200 } at && at.StartsWith("$.", StringComparison.Ordinal), path + ".at", "says where in the request the fault is, as a JSON path such as $.scenario.");
                break;
            case RefusalGround.ConditionNotMet:
                faults.Require(
                    dataset is { ShareClass: ShareClass.Conditional } && Conditions(dataset).Contains(reason.Condition, StringComparer.Ordinal), path + ".condition",
                    dataset is { ShareClass: ShareClass.Conditional }
                        ? $"is no condition of the catalogue's entry (Order 809 art. 14, 15); it has: {string.Join(" | ", Conditions(dataset))}"
                        : "cannot be a ground: the dataset is shared without conditions (Order 809 art. 14, 15).");
                break;
            case RefusalGround.DatasetChanged:
                faults.Require(
                    dataset is null || dataset.ShareClass == ShareClass.Prohibited || dataset.Revision != agreement.DatasetRevision,
                    path + ".ground", "cannot be a ground: the revision asked for is published and may be shared.");
                break;
            default:
                faults.Add(path + ".ground", "is missing; use FormFault, ConditionNotMet or DatasetChanged.");
                break;
        }
    }

    /// <summary>The conditions of an entry, as a refusal cites them: by code, or, of an older entry, in its words.</summary>
    private static IEnumerable<string> Conditions(Dataset dataset) => [.. dataset.ShareConditions?.Select(condition => condition.Code) ?? [], .. dataset.Conditions is { } words ? [words] : (string[])[]];
}
