using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using DataExchange.Contracts;
using DataExchange.Contracts.Cases;
using DataExchange.Contracts.Log;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Cases;

/// <summary>The rental-housing matter from the desk to the evidence, with the real adapters of the demo region.</summary>
public sealed class RentalHousingTests(SharedGateway shared) : GatewayTest(shared), IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evidence-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task One_case_from_the_desk_to_evidence_that_a_stranger_verifies()
    {
        var person = DemoPeople.Take(Gateway);
        var clerk = await CaseApi.OfClerkAsync(Client);
        var citizen = await CaseApi.OfCitizenAsync(Client, person);

        var opened = (await clerk.OpenAsync("rental-housing", person)).Released;
        Assert.Equal(("open", "rental-housing@1", "housing-authority"), (opened.State, opened.Matter, opened.Desk));
        Assert.All(opened.Needs, need => Assert.Equal("missing", need.State));
        Assert.Equal(["disability", "income", "spouse", "subsidy-account"], opened.MissingConsents.Select(missing => missing.Need).Order());

        // One link asks for all of them; each is a consent of its own, and nothing is given before the person says so.
        var asked = (await clerk.AskAsync(opened.Id)).Released;
        Assert.Empty(asked.Problems);
        Assert.All(asked.Consents, consent => Assert.Equal("requested", consent.State));
        var mine = (await citizen.ReadMineAsync(asked.Link)).Released;
        Assert.Equal(asked.Consents.Select(consent => consent.Id).Order(), mine.MissingConsents.Select(missing => missing.Consent!).Order());
        Assert.All(mine.MissingConsents, missing => Assert.NotEmpty(missing.Texts!["zh"]));

        var bank = mine.MissingConsents.Single(missing => missing.Need == "subsidy-account").Consent!;
        var decided = (await citizen.DecideAsync(asked.Link, mine.MissingConsents.Select(missing => (missing.Consent!, missing.Consent != bank)))).Released;
        Assert.Empty(decided.Problems);
        Assert.Equal(["given", "given", "given", "refused"], decided.Consents.Select(consent => consent.State).Order());

        var events = await clerk.GatherEventsAsync(opened.Id, person).ToListAsync(Cancelled);
        var needs = events.Where(item => item.Type == "need").Select(item => item.Data.Deserialize(ContractsJsonContext.Default.GatheredNeedView)!).ToDictionary(need => need.Need);
        Assert.Equal((("case", "case"), 7), ((events[0].Type, events[^1].Type), needs.Count));
        Assert.Equal("released", needs["residence"].Outcome);
        Assert.Equal(needs["residence"].Answer!.Record.GetProperty("name").GetString(), needs["residence"].Form!["applicant.name"].GetString());
        Assert.Equal("released", needs["income"].Outcome);
        Assert.All(new[] { "marriage", "spouse", "property" }, need => Assert.Contains(needs[need].Outcome, new[] { "released", "no-record" }));
        Assert.Equal(("refused", "separate-consent-required"), (needs["subsidy-account"].Outcome, needs["subsidy-account"].Problem?.Code));
        Assert.Equal(LeafKinds.AccessRefused, (await ReceiptCheck.VerifyAsync(Client, needs["subsidy-account"].Problem!.Receipt!)).Leaf.Kind);

        var gathered = events[^1].Data.Deserialize(ContractsJsonContext.Default.CaseView)!;
        Assert.Equal("ready", gathered.State);
        foreach (var need in needs.Values.Where(need => need.Answer is not null))
        {
            var kept = gathered.Needs.Single(view => view.Need == need.Need);
            Assert.Equal(Convert.ToBase64String(SHA256.HashData(CanonicalJson.Canonicalize(need.Answer!.Record))), kept.Digest);
            Assert.Equal((need.Answer.Decision, need.Answer.Receipt.Index), (kept.Decision, kept.AccessIndex));
            await ReceiptCheck.VerifyAsync(Client, need.Answer.Receipt);
        }

        var completed = (await clerk.StepAsync(opened.Id, "complete")).Released;
        Assert.Equal("completed", completed.State);
        Assert.Equal((5, 4), (completed.DocumentsSpared, completed.CountersSpared));

        var pack = (await clerk.EvidenceAsync(opened.Id)).Released;
        Assert.Equal(2, pack.Consents.Count(consent => consent.Given.Opening!.Record.GetProperty("dataset").GetString() == "human-resources/social-insurance"));
        var (exitCode, report) = await VerifyAsync(pack, new CaseGathered { Needs = [.. needs.Values] });
        Assert.True(exitCode == 0, report);

        // What a withdrawal ends is what comes after it: the evidence of what was done before it stays what it was.
        var income = decided.Consents.Single(consent => consent.Notice == "rental-social-insurance@1").Id;
        Assert.Null((await (await Api.OfUserAsync(Client, person.User)).DecideConsentAsync(income, "withdraw")).Problem);
        (exitCode, report) = await VerifyAsync((await citizen.EvidenceAsync(opened.Id)).Released, null);
        Assert.True(exitCode == 0, report);
    }

    private async Task<(int ExitCode, string Output)> VerifyAsync(EvidencePack pack, CaseGathered? records)
    {
        var (packFile, recordsFile) = (Path.Combine(_folder, "evidence.json"), Path.Combine(_folder, "gathered.json"));
        await File.WriteAllBytesAsync(packFile, JsonSerializer.SerializeToUtf8Bytes(pack, ContractsJsonContext.Default.EvidencePack), Cancelled);
        string[] recordsOption = [];
        if (records is not null)
        {
            await File.WriteAllBytesAsync(recordsFile, JsonSerializer.SerializeToUtf8Bytes(records, ContractsJsonContext.Default.CaseGathered), Cancelled);
            recordsOption = ["--records", recordsFile];
        }

        string[] keys = [(await Client.GetStringAsync("/log/access/vkey", Cancelled)).TrimEnd(), (await Client.GetStringAsync("/log/governance/vkey", Cancelled)).TrimEnd()];
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(BuildOutput.Of("DataExchange.Cli"), "dx.dll"), "evidence", "verify", packFile, "--vkey", keys[0], "--vkey", keys[1], .. recordsOption])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancelled), process.StandardError.ReadToEndAsync(Cancelled));
        await process.WaitForExitAsync(Cancelled);
        return (process.ExitCode, await output + await error);
    }
}
