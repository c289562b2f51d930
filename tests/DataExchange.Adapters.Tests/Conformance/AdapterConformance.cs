using System.Net;
using System.Text.Json;

namespace DataExchange.Adapters.Tests.Conformance;

/// <summary>What every adapter keeps, whatever its back end. One class a back end fills the register and inherits the claims.</summary>
public abstract class AdapterConformance : IAsyncLifetime
{
    private RunningAdapter? _adapter;

    private protected RunningAdapter Adapter => _adapter!;

    public async ValueTask InitializeAsync() => _adapter = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_adapter is not null)
        {
            await _adapter.DisposeAsync();
        }

        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>An adapter over a back end that holds <see cref="Register.People"/>.</summary>
    private protected abstract Task<RunningAdapter> StartAsync();

    /// <summary>The same adapter over a back end that is not there.</summary>
    private protected abstract Task<RunningAdapter> StartWithoutBackEndAsync();

    private protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    /// <summary>Whether an empty text survives: a CSV cell cannot tell it from no value.</summary>
    private protected virtual bool KeepsEmptyText => true;

    [Fact]
    public async Task A_known_subject_is_answered_with_the_whole_record()
    {
        var answer = await Adapter.AskAsync(Register.Known.Number, Register.Fields);
        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal(Register.Dataset, answer.Json.GetProperty("dataset").GetString());
        Assert.Equal(1, answer.Json.GetProperty("revision").GetInt32());
        Assert.Equal("""{"scheme":"cn-resident-id","value":"11010519491231002X"}""", answer.Json.GetProperty("subject").GetRawText());
        AssertIs(Register.Known, answer.Record);
    }

    [Fact]
    public async Task Nothing_but_the_fields_asked_for_comes_back_in_the_order_asked()
    {
        var answer = await Adapter.AskAsync(Register.Known.Number, "birthDate", "name");
        Assert.Equal("""{"birthDate":"1949-12-31","name":"张三"}""", answer.Record.GetRawText());
        Assert.Equal(["dataset", "revision", "subject", "record"], answer.Json.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task A_field_without_a_value_is_null()
    {
        var answer = await Adapter.AskAsync(Register.Unsaid.Number, Register.Fields);
        AssertIs(Register.Unsaid, answer.Record);
        Assert.Equal(6, answer.Record.EnumerateObject().Count(member => member.Value.ValueKind == JsonValueKind.Null));
    }

    [Fact]
    public async Task Quotes_separators_and_statements_in_a_value_stay_a_value() =>
        AssertIs(Register.Awkward, (await Adapter.AskAsync(Register.Awkward.Number, Register.Fields)).Record);

    [Fact]
    public async Task A_big_value_comes_back_whole() =>
        Assert.Equal(Register.Big.Address, (await Adapter.AskAsync(Register.Big.Number, "address")).Record.GetProperty("address").GetString());

    [Fact]
    public async Task An_empty_text_is_not_mistaken_for_another_value()
    {
        var note = (await Adapter.AskAsync(Register.Big.Number, "note")).Record.GetProperty("note");
        Assert.Equal(KeepsEmptyText ? "" : null, note.GetString());
    }

    [Fact]
    public async Task An_unknown_subject_is_not_found() => AssertUnknown(await Adapter.AskAsync("110105197001010018", "name"));

    [Theory]
    [InlineData("11010519491231002x")]
    [InlineData(" 11010519491231002X")]
    [InlineData("11010519491231002X ")]
    [InlineData("１1010519491231002X")]
    [InlineData("11010519491231002")]
    [InlineData("11010519491231002X0")]
    [InlineData("%")]
    [InlineData("1101051949123100__")]
    [InlineData("11010519491231002%")]
    [InlineData("' OR '1'='1")]
    [InlineData("'; DROP TABLE people; --")]
    [InlineData("\" OR \"\"=\"")]
    [InlineData("`; SELECT SLEEP(5); #")]
    [InlineData("\\' OR 1=1 -- ")]
    [InlineData("1) OR (1=1")]
    [InlineData("$1")]
    [InlineData("@subject")]
    [InlineData("{subject}")]
    [InlineData("..")]
    [InlineData("../../health")]
    [InlineData("..%2f11010519491231002X")]
    [InlineData("11010519491231002X?x=1")]
    [InlineData("11010519491231002X#")]
    [InlineData("*")]
    [InlineData("張三")]
    [InlineData("𠮷")]
    [InlineData("number")]
    public async Task A_number_that_is_not_exactly_the_subjects_finds_nobody(string number)
    {
        AssertUnknown(await Adapter.AskAsync(number, "name"));
        Assert.Equal(200, (await Adapter.AskAsync(Register.Known.Number, "name")).Status);
    }

    [Fact]
    public async Task A_number_of_another_scheme_finds_nobody() =>
        AssertUnknown(await Adapter.AskAsync(Adapter.Forge.Question(Adapter.Clock.GetUtcNow(), Register.Known.Number, ["name"], scheme: "passport")));

    [Fact]
    public async Task Questions_at_once_are_each_answered_with_their_own_record()
    {
        var people = Register.People.Where(person => person.Number != Register.Big.Number).ToList();
        var asked = people.Concat(people).Concat(people).Select(async person => (Person: person, Answer: await Adapter.AskAsync(person.Number, Register.Fields)));
        foreach (var (person, answer) in await Task.WhenAll(asked))
        {
            Assert.Equal(person.Number, answer.Json.GetProperty("subject").GetProperty("value").GetString());
            AssertIs(person, answer.Record);
        }
    }

    [Theory]
    [MemberData(nameof(Swindle.All), MemberType = typeof(Swindle))]
    public async Task Without_an_intent_logged_for_the_very_question_there_is_no_data(string swindle)
    {
        var answer = await Adapter.AskAsync(Swindle.Named(swindle)(Adapter.Forge, Adapter.Clock.GetUtcNow()));
        Assert.Equal((403, "actor-not-authorised"), (answer.Status, answer.Code));
        Assert.DoesNotContain("张三", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Register.Known.Number, answer.Body, StringComparison.Ordinal);
        Assert.Contains(Adapter.Log.Lines, line => line.Id == 7001);
    }

    [Theory]
    [InlineData("civil-affairs/other", 1, "name", 409, "state-conflict")]
    [InlineData(Register.Dataset, 2, "name", 409, "state-conflict")]
    [InlineData(Register.Dataset, 1, "salary", 422, "unknown-field")]
    [InlineData(Register.Dataset, 1, "Name", 422, "unknown-field")]
    public async Task A_logged_question_that_the_mapping_does_not_cover_is_refused(string dataset, int revision, string field, int status, string code)
    {
        var answer = await Adapter.AskAsync(Adapter.Forge.Question(Adapter.Clock.GetUtcNow(), Register.Known.Number, [field], dataset, revision));
        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task It_is_ready_while_the_back_end_answers()
    {
        Assert.Equal(200, (await Adapter.GetAsync("/health/live")).Status);
        var ready = await Adapter.GetAsync("/health/ready");
        Assert.Equal((200, "ready"), (ready.Status, ready.Json.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Without_its_back_end_it_lives_and_says_that_it_cannot_answer()
    {
        await using var lonely = await StartWithoutBackEndAsync();
        var answer = await lonely.AskAsync(Register.Known.Number, "name");
        Assert.Equal((503, "provider-unavailable"), (answer.Status, answer.Code));
        Assert.Equal(200, (await lonely.GetAsync("/health/live")).Status);
        var ready = await lonely.GetAsync("/health/ready");
        Assert.Equal((503, "unavailable"), (ready.Status, ready.Json.GetProperty("status").GetString()));
        Assert.DoesNotContain(lonely.Log.Lines, line => line.Text.Contains(Register.Known.Number, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_it_logs_names_a_person()
    {
        await Adapter.AskAsync(Register.Known.Number, Register.Fields);
        await Adapter.AskAsync(Register.Awkward.Number, Register.Fields);
        await Adapter.AskAsync("110105197001010018", "name");
        await Adapter.AskAsync(Swindle.Named("another subject")(Adapter.Forge, Adapter.Clock.GetUtcNow()));
        Assert.NotEmpty(Adapter.Log.Lines);
        foreach (var word in new[] { Register.Known.Number, "张三", "朝阳区", Register.Awkward.Number, "O'Brien", "110105197001010018" })
        {
            Assert.DoesNotContain(Adapter.Log.Lines, line => line.Text.Contains(word, StringComparison.Ordinal));
        }
    }

    private static void AssertUnknown(Answer answer) => Assert.Equal(((int)HttpStatusCode.NotFound, "not-found"), (answer.Status, answer.Code));

    private void AssertIs(Person person, JsonElement record)
    {
        Assert.Equal(Register.Fields, record.EnumerateObject().Select(member => member.Name));
        Assert.Equal(person.Name, record.GetProperty("name").GetString());
        Assert.Equal(person.Address, record.GetProperty("address").GetString());
        Assert.Equal(person.Born, record.GetProperty("birthDate").GetString());
        Assert.Equal(person.Dependants, Maybe(record.GetProperty("dependants"), value => value.GetInt32()));
        Assert.Equal(person.Income, Maybe(record.GetProperty("income"), value => value.GetDecimal()));
        Assert.Equal(person.Active, Maybe(record.GetProperty("active"), value => value.GetBoolean()));
        Assert.Equal(person.Note is "" && !KeepsEmptyText ? null : person.Note, record.GetProperty("note").GetString());
    }

    private static T? Maybe<T>(JsonElement value, Func<JsonElement, T> read)
        where T : struct => value.ValueKind == JsonValueKind.Null ? null : read(value);
}
