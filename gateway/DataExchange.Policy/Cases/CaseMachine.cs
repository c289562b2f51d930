using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Cases;

/// <summary>Command → event or refusal. Pure; whoever calls it commits the event under the rules it was decided under.</summary>
public static class CaseMachine
{
    /// <summary>What a command comes to under these rules at this moment.</summary>
    public static CommandOutcome Handle(CaseCommand command, RegionSnapshot rules, DateTimeOffset now) => command switch
    {
        OpenCase open => Open(open, rules, now),
        ChangeCase change => Change(change, rules, now),
        _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
    };

    /// <summary>Why a party may not gather in a case now; null when it may. Asked before anybody is, and again when the results are recorded.</summary>
    public static CommandOutcome? WhyNotGather(CaseRecord @case, Party by, DateTimeOffset now) => WhyNot(@case, CaseSteps.Gather, by, now);

    private static CommandOutcome Open(OpenCase command, RegionSnapshot rules, DateTimeOffset now)
    {
        var by = command.By;
        var isSelf = by.Is(Roles.Citizen) && by.Self.Value is not null;
        if (isSelf ? by.Self != command.Subject : !by.Is(Roles.DeskClerk) || by.Member is null)
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "A clerk opens a case for a person, or the person for themselves.");
        }

        if (rules.Matters.Find(command.Matter) is not { Matter: var matter })
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "No such matter is defined.");
        }

        var desk = isSelf ? command.Desk ?? (matter.Desks is [var only] ? only : null) : by.ClientId;
        if (desk is null)
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "The matter has several desks, or none; name one of them.");
        }

        if (!matter.Desks.Contains(desk) || rules.FindMemberByClient(desk) is not { } department || (!isSelf && department.Code != by.Member))
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "The matter is not handled at this desk.");
        }

        return Accept(LeafKinds.CaseOpened, new CaseRecord
        {
            Id = RecordId.New("case", command.Subject, rules.GovernanceSize),
            Subject = command.Subject,
            Matter = matter.Code,
            MatterRevision = matter.Revision,
            State = CaseState.Open,
            Desk = desk,
            Department = department.Code,
            OpenedBy = isSelf ? null : by.Name,
            Opened = now,
            Expires = now.AddDays(matter.OpenDays),
            Results = [],
        });
    }

    private static CommandOutcome Change(ChangeCase command, RegionSnapshot rules, DateTimeOffset now)
    {
        // Somebody else's case is, to this caller, not there.
        if (rules.Cases.Find(command.Id) is not { } @case || @case.Subject != command.Subject)
        {
            return NotThere();
        }

        if (WhyNot(@case, command.Step, command.By, now) is { } refusal)
        {
            return refusal;
        }

        var matter = MatterOf(@case, rules);
        return command switch
        {
            RecordResults gathered => Record(gathered, @case, matter),
            CompleteCase => Accept(LeafKinds.CaseCompleted, Ended(@case, CaseState.Completed, command.By, now) with
            {
                DocumentsSpared = CaseCounts.Documents(@case, matter),
                CountersSpared = CaseCounts.Counters(@case, matter),
            }),
            CancelCase => Accept(LeafKinds.CaseCancelled, Ended(@case, CaseState.Cancelled, command.By, now)),
            _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
        };
    }

    private static CommandOutcome Record(RecordResults command, CaseRecord @case, Matter matter)
    {
        if (command.Results.Count == 0 || command.Results.Any(result => matter.FindNeed(result.Need) is null)
            || command.Results.DistinctBy(result => result.Need).Count() != command.Results.Count)
        {
            return CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "Results are of needs of the matter, each once.");
        }

        var results = @case.Results.Where(earlier => command.Results.All(result => result.Need != earlier.Need)).Concat(command.Results).ToList();
        var isReady = matter.Needs.All(need => need.Necessity != Necessity.Required || results.Exists(result => result.Need == need.Code));
        return Accept(LeafKinds.CaseGathered, @case with { Results = results, State = isReady ? CaseState.Ready : CaseState.Open });
    }

    private static CommandOutcome? WhyNot(CaseRecord @case, string step, Party by, DateTimeOffset now)
    {
        var (part, state) = (CaseParts.Of(@case, by), @case.StateAt(now));
        return part == CasePart.None ? NotThere()
            : !CaseSteps.Knows(step, part) ? CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "This is not the caller's to do.")
            : !CaseSteps.IsLegal(step, state, part) ? CommandOutcome.Conflict($"The case is {state}.", CaseSteps.Legal(state, part))
            : null;
    }

    private static CaseRecord Ended(CaseRecord @case, CaseState state, Party by, DateTimeOffset now) =>
        @case with { State = state, Ended = now, EndedBy = CaseParts.Of(@case, by) == CasePart.Citizen ? null : by.Name };

    private static Matter MatterOf(CaseRecord @case, RegionSnapshot rules) =>
        rules.Matters.Find(@case.Matter, @case.MatterRevision)?.Matter ?? throw new InvalidOperationException("A case follows a matter that was defined before it.");

    private static CommandOutcome NotThere() => CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such case.");

    private static CommandOutcome Accept(string kind, CaseRecord @case) => CommandOutcome.Accept(new PersonalChanged(kind, @case));
}
