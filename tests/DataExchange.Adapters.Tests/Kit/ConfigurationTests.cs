using System.Text;
using DataExchange.Adapters.Configuration;
using DataExchange.Adapters.Files;
using DataExchange.Adapters.Hosting;
using DataExchange.Adapters.Rest;
using DataExchange.Adapters.Sql;
using Microsoft.Extensions.Configuration;

namespace DataExchange.Adapters.Tests.Kit;

/// <summary>One start shows every error, each with its key, its value and the way out.</summary>
public class ConfigurationTests
{
    [Fact]
    public void An_empty_configuration_says_all_that_is_missing()
    {
        AssertErrors("{}", SqlSettings.Read,
            "Adapter:Log:VerifierKey is missing. Copy the verifier key",
            "Adapter:Sql:Provider is missing. Use one of: sqlite, postgresql, mysql, sqlserver.",
            "Adapter:Sql:ConnectionString is missing. Set either ConnectionStringFile",
            "Adapter:Datasets is missing. Name at least one dataset");
        AssertErrors("{}", FilesSettings.Read, "Adapter:Log:VerifierKey is missing.", "Adapter:Files:Folder is missing.", "Adapter:Datasets is missing.");
        AssertErrors("{}", RestSettings.Read, "Adapter:Log:VerifierKey is missing.", "Adapter:Rest:BaseAddress is missing.", "Adapter:Datasets is missing.");
    }

    [Fact]
    public void Every_wrong_value_of_a_relational_adapter_is_named_at_once() => AssertErrors(
        """
        {
          "Adapter": {
            "Log": { "VerifierKey": "demo.example/access+00000000+AAAA" },
            "Limits": { "MaxRequestBytes": "much", "AnswerTimeout": "-00:00:01" },
            "Sql": { "Provider": "oracle", "ConnectionString": "Data Source=a.db", "CommandTimeout": "5", "Retries": "3" },
            "Datasets": {
              "Residence": {
                "Revisions": [0, "x"],
                "Table": "people; DROP TABLE people",
                "Key": "a.b",
                "Colums": {},
                "Fields": {
                  "1name": { "From": "na\"me", "Type": "string" },
                  "born": { "From": "born", "Type": "date", "Format": "MM" },
                  "active": { "From": "active", "Type": "boolean", "Format": "yes" },
                  "note": { "From": "note", "Type": "text", "Format": "x" },
                  "none": {}
                }
              }
            }
          }
        }
        """,
        SqlSettings.Read,
        "Adapter:Log:VerifierKey is 'demo.example/access+00000000+AAAA'.",
        "Adapter:Limits:MaxRequestBytes is 'much'. Use a whole number from 4096",
        "Adapter:Limits:AnswerTimeout is '-00:00:01'. Use hh:mm:ss from",
        "Adapter:Sql:Provider is 'oracle'. Use one of: sqlite, postgresql, mysql, sqlserver.",
        "Adapter:Sql:CommandTimeout is '5'. Use hh:mm:ss from 00:00:01 to 00:05:00; without it, 00:00:05 is used.",
        "Adapter:Datasets:Residence is not a dataset's code. Name the dataset as the catalogue does",
        "Adapter:Datasets:Residence:SubjectScheme is missing.",
        "Adapter:Datasets:Residence:Fields:1name is not a field's name.",
        "Adapter:Datasets:Residence:Fields:1name:From is 'na\"me'.",
        "Adapter:Datasets:Residence:Fields:1name:Type is 'string'. Use one of: text, integer, number, boolean, date.",
        "Adapter:Datasets:Residence:Fields:active:Format is 'yes'.",
        "Adapter:Datasets:Residence:Fields:born:Format is 'MM'.",
        "Adapter:Datasets:Residence:Fields:none:From is missing.",
        "Adapter:Datasets:Residence:Fields:none:Type is missing.",
        "Adapter:Datasets:Residence:Fields:note:Format is 'x'. Only a date or a boolean has a format",
        "Adapter:Datasets:Residence:Revisions is '0'.",
        "Adapter:Datasets:Residence:Revisions is 'x'.",
        "Adapter:Datasets:Residence:Table is 'people; DROP TABLE people'.",
        "Adapter:Datasets:Residence:Key is 'a.b'.",
        "Adapter:Datasets:Residence:Colums is not a setting. Remove it, or use one of: Fields, Key, Revisions, SubjectScheme, Table.",
        "Adapter:Sql:Retries is not a setting.");

    [Fact]
    public void Every_wrong_value_of_a_drop_folder_is_named_at_once() => AssertErrors(
        Dataset("\"Files\": { \"Folder\": \"/srv\", \"LookEvery\": \"often\" }", """ "File": "../people.csv", "Key": "id", "Encoding": "latin1", "Delimiter": "::", "RowCountFile": "a/b" """),
        FilesSettings.Read,
        "Adapter:Files:LookEvery is 'often'.",
        "Adapter:Datasets:a/b:File is '../people.csv'. Use a plain file name",
        "Adapter:Datasets:a/b:Encoding is 'latin1'. Use one of: utf-8, gb18030.",
        "Adapter:Datasets:a/b:Delimiter is '::'. Use one of: ,, ;, |, tab.",
        "Adapter:Datasets:a/b:RowCountFile is 'a/b'.");

    [Fact]
    public void Every_wrong_value_of_a_json_service_is_named_at_once() => AssertErrors(
        Dataset(
            """ "Rest": { "BaseAddress": "ftp://x", "HealthPath": "up", "Credentials": { "Type": "basic", "User": "a:b", "SecretFile": "/nowhere/secret" } } """,
            """ "Subject": "id", "Request": { "Method": "PUT", "Path": "people", "Headers": { "Host": "{subject}" }, "Body": "{" } """),
        RestSettings.Read,
        "Adapter:Rest:BaseAddress is 'ftp://x'.",
        "Adapter:Rest:Credentials:User is 'a:b'.",
        "Adapter:Rest:Credentials:SecretFile is '/nowhere/secret'. It cannot be read (DirectoryNotFoundException)",
        "Adapter:Rest:HealthPath is 'up'. Begin it with /",
        "Adapter:Datasets:a/b:Fields:name:From is 'name'. Use a JSON pointer",
        "Adapter:Datasets:a/b:Subject is 'id'. Use a JSON pointer",
        "Adapter:Datasets:a/b:Request:Method is 'PUT'. Use one of: GET, POST.",
        "Adapter:Datasets:a/b:Request:Path is 'people'. Begin it with one /",
        "Adapter:Datasets:a/b:Request:Headers:Host is '{subject}'.",
        "Adapter:Datasets:a/b:Request:Body is '{'. Only POST has a body");

    [Fact]
    public void A_subject_that_goes_nowhere_or_twice_is_an_error()
    {
        const string Rest = """ "Rest": { "BaseAddress": "http://x" } """;
        AssertErrors(Dataset(Rest, """ "Subject": "/id", "Request": { "Method": "GET", "Path": "/people" } """, "/name"), RestSettings.Read,
            "Adapter:Datasets:a/b:Request:Path is '/people'. Put {subject} in exactly one of the path, a header and the body: it stands in 0.");
        AssertErrors(Dataset(Rest, """ "Subject": "/id", "Request": { "Method": "GET", "Path": "/people/{subject}", "Headers": { "X-Id": "{subject}" } } """, "/name"), RestSettings.Read,
            "Adapter:Datasets:a/b:Request:Path is '/people/{subject}'. Put {subject} in exactly one of the path, a header and the body: it stands in 2.");
    }

    [Fact]
    public void A_secret_is_never_part_of_an_error()
    {
        var errors = Errors(Dataset("\"Sql\": { \"Provider\": \"postgresql\", \"ConnectionString\": \"Hast=h;Password=hush\" }", "\"Table\": \"t\", \"Key\": \"k\""), SqlSettings.Read);
        Assert.Contains("Adapter:Sql:ConnectionString is '(not shown)'. The postgresql driver cannot read it", Assert.Single(errors), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", errors[0], StringComparison.Ordinal);
    }

    private static string Dataset(string section, string dataset, string from = "name") => $$"""
        {
          "Adapter": {
            "Log": { "VerifierKey": "demo.example/access+ca3c2837+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea" },
            {{section}},
            "Datasets": { "a/b": { "Revisions": [1], "SubjectScheme": "s", {{dataset}}, "Fields": { "name": { "From": "{{from}}", "Type": "text" } } } }
          }
        }
        """;

    private static void AssertErrors<T>(string json, Func<SettingsReader, T> read, params string[] beginnings)
    {
        var errors = Errors(json, read);
        Assert.All(beginnings, beginning => Assert.Contains(errors, error => error.StartsWith(beginning, StringComparison.Ordinal)));
        Assert.All(errors, error => Assert.Contains(beginnings, beginning => error.StartsWith(beginning, StringComparison.Ordinal)));
    }

    private static IReadOnlyList<string> Errors<T>(string json, Func<SettingsReader, T> read)
    {
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        return Assert.Throws<AdapterConfigurationException>(() => AdapterProgram.Load(configuration, read)).Errors;
    }
}
