using System.Security.Cryptography;
using System.Text;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;

namespace DataExchange.Gateway.Catalogue;

/// <summary>Carries a steward's command to the rules, and shows the entry that it left.</summary>
public sealed class CatalogueCommands(CommandSender commands, GovernanceLedger ledger, SubjectVault vault)
{
    /// <summary>Scheme under which the subject vault knows those who act for a department. Nobody can be asked about under it: it is no scheme of a dataset.</summary>
    private const string Scheme = "official";

    public async Task<IResult> SendAsync(HttpContext context, string member, string name, object? body, Func<string, SubjectHandle, CatalogueCommand> command)
    {
        var code = $"{member}/{name}";
        var steward = await StewardAsync(context);
        var before = ledger.Current;
        var result = await commands.SendAsync(context, body, _ => command(code, steward));
        if (result.Problem is not null)
        {
            return result.ToProblem();
        }

        var (rules, entry) = (result.Rules!, result.Rules!.FindEntry(code)!);
        context.Response.SetVersion(entry.LogIndex);
        var earlier = before.FindEntry(code);
        var view = EntryViews.Show(entry, rules, result.Receipt);
        if (!ReferenceEquals(earlier?.Published, entry.Published))
        {
            view = view with { Changes = entry.Published is { } published ? DatasetDiff.Between(earlier?.Published, published) : null, Ended = Ended() };
        }

        return context.Request.Path.Value!.EndsWith("/drafts", StringComparison.Ordinal) ? Results.Created($"/v1/catalogue/{code}", view) : Results.Ok(view);

        IReadOnlyList<string> Ended() => earlier is null ? [] : [.. EntryViews.Unserved(entry, rules).Except(EntryViews.Unserved(earlier, before))];
    }

    /// <summary>
    /// The handle of whoever calls. The log is open and a user's name is personal data, so it holds what only the vault can lead back;
    /// hashed, for a user id may be longer than a subject id.
    /// </summary>
    private async ValueTask<SubjectHandle> StewardAsync(HttpContext context)
    {
        var actor = context.Caller().Actor;
        var subject = await vault.ResolveAsync(new SubjectRef(Scheme, Digest(actor)), context.RequestAborted);
        return subject.Handle;
    }

    private static string Digest(Actor actor) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"dx-official\0{actor.ClientId}\0{actor.UserId}")));
}
