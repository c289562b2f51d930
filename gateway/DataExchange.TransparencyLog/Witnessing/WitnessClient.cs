using System.Globalization;
using System.Net;
using System.Text;
using DataExchange.Merkle;

namespace DataExchange.TransparencyLog.Witnessing;

/// <summary>Speaks C2SP tlog-witness. Believes nothing that it cannot check, reads no more than an answer can be long, and never throws for what a witness does.</summary>
internal sealed class WitnessClient(HttpMessageInvoker http, TimeSpan timeout, TimeProvider clock)
{
    // A note with as many signatures as are taken at all is shorter.
    private const int MaxAnswer = 64 << 10;

    /// <summary>Submits a signed checkpoint and the proof that it extends the size that the witness holds.</summary>
    public Task<WitnessAnswer> AddAsync(PolicyWitness witness, Uri prefix, AddCheckpointRequest request, CancellationToken cancellationToken) =>
        SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, At(prefix, WitnessPaths.AddCheckpoint)) { Content = new StringContent(request.ToText(), Encoding.UTF8, "text/plain") },
            async (response, token) => Read(witness, request.Checkpoint, response.StatusCode, await BodyAsync(response, token)),
            cancellationToken);

    /// <summary>The newest checkpoint of a log that the witness says to hold, with the log's valid signature; null when it shows none.</summary>
    /// <remarks>Not part of tlog-witness: the path is the one that C2SP tlog-mirror gives for the same purpose, and a witness need not have it.</remarks>
    public async Task<SignedCheckpoint?> LatestAsync(Uri prefix, NoteVerifier log, CancellationToken cancellationToken)
    {
        SignedCheckpoint? found = null;
        await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, At(prefix, WitnessPaths.Checkpoint(log.Name))),
            async (response, token) =>
            {
                if (response.StatusCode == HttpStatusCode.OK && await BodyAsync(response, token) is { } note && Checkpoint.TryOpen(note, log, out var checkpoint))
                {
                    found = new SignedCheckpoint(checkpoint, note);
                }

                return new WitnessAnswer.Useless("");
            },
            cancellationToken);
        return found;
    }

    private async Task<WitnessAnswer> SendAsync(
        Func<HttpRequestMessage> request, Func<HttpResponseMessage, CancellationToken, Task<WitnessAnswer>> read, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var message = request();
            using var response = await http.SendAsync(message, either.Token);
            return await read(response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WitnessAnswer.Useless($"no answer within {timeout.TotalSeconds:0.#} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new WitnessAnswer.Useless(exception.Message);
        }
    }

    private static WitnessAnswer Read(PolicyWitness witness, string note, HttpStatusCode status, string? body) => status switch
    {
        _ when body is null => new WitnessAnswer.Useless($"{(int)status} with a body that is longer than {MaxAnswer} bytes or no UTF-8"),
        HttpStatusCode.OK => CosignatureIn(body, note, witness.Verifier) is { } line
            ? new WitnessAnswer.Cosigned(line)
            : new WitnessAnswer.Useless("200 without a valid cosignature"),
        HttpStatusCode.Conflict => new WitnessAnswer.Conflict(
            body.EndsWith('\n') && long.TryParse(body.AsSpan()[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null),
        HttpStatusCode.UnprocessableEntity => new WitnessAnswer.NotConsistent(),
        _ => new WitnessAnswer.Useless($"status {(int)status}"),
    };

    // An empty line in the answer would move the end of the text that is signed: the cosignature would be good over another text.
    private static string? CosignatureIn(string body, string note, NoteVerifier witness) =>
        witness.Type == NoteKeyType.CosignatureV1
        && SignedNote.TryParse(note, out var submitted) && SignedNote.TryParse(note + body, out var answered) && answered.Text == submitted.Text
            ? answered.LineBy(witness)
            : null;

    private static async Task<string?> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxAnswer + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxAnswer && System.Text.Unicode.Utf8.IsValid(buffer.AsSpan(0, length)) ? Encoding.UTF8.GetString(buffer, 0, length) : null;
    }

    private static Uri At(Uri prefix, string path) => new($"{prefix.AbsoluteUri.TrimEnd('/')}/{path}");
}
