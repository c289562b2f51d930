using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Contracts;
using DataExchange.Contracts.Proposals;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Members;

/// <summary>A demo region of its own, whose nine members decide over its rules: five are enough.</summary>
internal sealed class DecidingRegion : IAsyncDisposable
{
    private static readonly string[] Codes =
        ["public-security", "civil-affairs", "human-resources", "natural-resources", "market-regulation", "education", "housing-authority", "service-centre", "data-bureau"];

    private readonly Dictionary<string, MemberVoice> _voices;

    private DecidingRegion(GatewayProcess gateway) =>
        (Gateway, _voices) = (gateway, Codes.ToDictionary(code => code, code => new MemberVoice(gateway, code)));

    public GatewayProcess Gateway { get; }

    public MemberVoice this[string member] => _voices[member];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<DecidingRegion> StartAsync(IReadOnlyDictionary<string, string>? settings = null) => new(await GatewayProcess.StartAsync(settings));

    /// <summary>Five members propose and approve a change; it takes effect with the fifth.</summary>
    public async Task<ProposalView> DecideAsync(string kind, JsonNode change, params string[] members)
    {
        var voters = members.Length > 0 ? members : Codes[..5];
        var proposal = await this[voters[0]].ProposeAsync(kind, change);
        foreach (var voter in voters)
        {
            using var response = await this[voter].ApproveAsync(proposal);
            var view = (await MemberVoice.OkAsync(response)).Deserialize(ContractsJsonContext.Default.ProposalView)!;
            Assert.Equal(voter == voters[^1] ? "enacted" : "open", view.State);
        }

        return await ReadAsync(proposal.Id);
    }

    public async Task<ProposalView> ReadAsync(string id) =>
        JsonSerializer.Deserialize(await Gateway.Client.GetStringAsync("/v1/proposals/" + id, Cancelled), ContractsJsonContext.Default.ProposalView)!;

    public async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await Gateway.Client.GetStringAsync(path, Cancelled));

    /// <summary>SIGKILL, and a start on the same data.</summary>
    public async Task KillAndStartAsync()
    {
        await Gateway.KillAsync();
        await Gateway.StartAgainAsync();
        foreach (var voice in _voices.Values)
        {
            voice.Forget();
        }
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
