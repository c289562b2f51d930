using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Tests.Fixture;

/// <summary>Holds a machine against its table: every state with every command of every party, and of somebody whom the table does not name.</summary>
internal static class MachineCheck
{
    public const string None = "(none)";
    private const string Unnamed = "stranger";

    /// <param name="heading">Heading of the section in <c>contracts/state-machines.md</c>.</param>
    /// <param name="arrange">The command of a party, and the rules with the thing in the state; without the thing where the state is <see cref="None"/>.</param>
    /// <param name="stateAfter">The state that an event leaves.</param>
    public static void Holds(string heading, Func<string, string, string, (GovernanceCommand Command, RegionSnapshot Rules)> arrange, Func<GovernanceEvent, string> stateAfter)
    {
        var table = MachineTable.Read(heading);
        var tried = 0;
        foreach (var state in table.States)
        {
            foreach (var command in table.Commands)
            {
                var makes = table.Parties.Any(party => table.Next(None, command, party) is not null);
                if (makes && state != None)
                {
                    continue; // It would make another thing.
                }

                foreach (var party in table.Parties.Append(Unnamed))
                {
                    var (given, rules) = arrange(state, command, party);
                    var outcome = given.Handle(rules, TestRegion.Now);
                    var what = $"{heading}: {command} by {party} of what is {state}: {outcome.Problem?.Code} {outcome.Detail}";
                    tried++;
                    if (table.Next(state, command, party) is { } next)
                    {
                        Assert.True(outcome.Event is not null, what);
                        Assert.True(next == stateAfter(outcome.Event), what + " " + stateAfter(outcome.Event));
                    }
                    else if (state == None && !makes)
                    {
                        Assert.True(outcome.Problem?.Code == "not-found", what);
                    }
                    else if (table.Knows(command, party))
                    {
                        Assert.True(outcome.Problem?.Code == "state-conflict", what);
                        Assert.True(table.Legal(state, party).ToHashSet().SetEquals(outcome.Next ?? []), what + " " + string.Join(", ", outcome.Next ?? []));
                    }
                    else
                    {
                        Assert.True(outcome.Problem?.Code is "actor-not-authorised" or "not-found", what);
                    }
                }
            }
        }

        Assert.True(tried > 0, heading);
    }

    /// <summary>A person who acts for themselves.</summary>
    public static Party Citizen(Model.SubjectHandle self) => new() { ClientId = "desk", UserId = "citizen", Roles = [Model.Roles.Citizen], Self = self };

    /// <summary>Somebody of a department, or of none.</summary>
    public static Party Official(string? member, string role, string user = "somebody") =>
        new() { Member = member, ClientId = (member ?? "nobody") + "-system", UserId = user, Roles = [role] };
}
