using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>
/// Binds one section to one options class and collects every fault, where the binder of the framework stops at the first, and
/// says nothing of keys it does not know.
/// </summary>
internal sealed class SectionBinder(IConfiguration configuration, string section, Type type)
{
    private readonly List<string> _faults = [];
    private readonly HashSet<string> _faultyProperties = [];

    /// <summary>The section's name.</summary>
    public string Section => section;

    /// <summary>The names of the options of the class: its public properties that can be set.</summary>
    public static IReadOnlyList<PropertyInfo> Options(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true })];

    /// <summary>Binds and validates; the object is only to be used if there are no faults.</summary>
    public (object Value, IReadOnlyList<string> Faults) Bind()
    {
        _faults.Clear();
        _faultyProperties.Clear();
        object target = Activator.CreateInstance(type)!;
        IReadOnlyList<PropertyInfo> options = Options(type);
        FindUnknownKeys(options);
        foreach (PropertyInfo option in options)
        {
            Read(option, target);
        }

        ValidatePairs(target);
        return (target, [.. _faults]);
    }

    private void FindUnknownKeys(IReadOnlyList<PropertyInfo> options)
    {
        IConfigurationSection given = configuration.GetSection(section);
        if (!string.IsNullOrEmpty(given.Value))
        {
            _faults.Add($"{section} = {UserText.Quote(given.Value)}: this is a section; write {section}:{options[0].Name} and so on.");
        }

        foreach (IConfigurationSection child in given.GetChildren())
        {
            if (!options.Any(option => option.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)))
            {
                string nearest = DidYouMean.Clause($"{section}:{child.Key}", options.Select(option => $"{section}:{option.Name}"));
                _faults.Add($"{UserText.Escape(child.Path)} is no option.{nearest}");
            }
        }
    }

    private void Read(PropertyInfo option, object target)
    {
        string path = $"{section}:{option.Name}";
        if (option.PropertyType.IsAssignableFrom(typeof(string[])) && option.PropertyType != typeof(string))
        {
            if (ListSetting.Read(configuration, path) is { } items)
            {
                option.SetValue(target, items.ToArray());
            }
        }
        else if (configuration.GetSection(path).Value is { } text)
        {
            if (!SettingParser.TryParse(option.PropertyType, text.Trim(), out object? value, out string expected))
            {
                string allowed = SettingDescription.Allowed(option) is { } words && words != expected ? $"; allowed: {words}" : "";
                string given = SettingDescription.IsSecret(option) ? SettingDescription.Mask : UserText.Quote(text);
                Add(option, $"{path} = {given} is not {expected}{allowed}.");
                return;
            }

            // No value for an option that has to have one: the default stands.
            if (value is not null || Nullable.GetUnderlyingType(option.PropertyType) is not null || option.GetValue(target) is null)
            {
                option.SetValue(target, value);
            }
        }
        else if (configuration.GetSection(path).GetChildren().Any())
        {
            Add(option, $"{path} holds one value, not a list or a section.");
            return;
        }

        Validate(option, target);
    }

    private void Validate(PropertyInfo option, object target)
    {
        object? value = option.GetValue(target);
        ValidationContext context = new(target) { MemberName = option.Name };
        foreach (ValidationAttribute attribute in option.GetCustomAttributes<ValidationAttribute>())
        {
            if (attribute.GetValidationResult(value, context) is { } result && result != ValidationResult.Success)
            {
                string why = attribute is RangeAttribute or ZeroOrRangeAttribute ? "is out of range"
                    : attribute is AllowedValuesAttribute ? "is not allowed"
                    : result.ErrorMessage ?? "is not valid";
                string allowed = SettingDescription.Allowed(option) is { } words ? $"; allowed: {words}" : "";
                Add(option, $"{Pair(option, value)} {why}{allowed}.");
            }
        }
    }

    private void ValidatePairs(object target)
    {
        if (target is not IValidatableObject validatable)
        {
            return;
        }

        // What a property itself got wrong would only make noise here.
        foreach (ValidationResult result in validatable.Validate(new ValidationContext(target))
            .Where(result => !result.MemberNames.Any(_faultyProperties.Contains)))
        {
            IEnumerable<string> pairs = result.MemberNames.Select(name => type.GetProperty(name) is { } option ? Pair(option, option.GetValue(target)) : name);
            _faults.Add($"{string.Join(", ", pairs)}: {UserText.Escape(result.ErrorMessage ?? "not valid together.")}");
        }
    }

    private string Pair(PropertyInfo option, object? value)
    {
        string shown = value switch
        {
            null => "(not set)",
            _ when SettingDescription.IsSecret(option) => SettingDescription.Mask,
            string text => UserText.Quote(text),
            _ => UserText.Escape(SettingDescription.Show(value)),
        };
        return $"{section}:{option.Name} = {shown}";
    }

    private void Add(PropertyInfo option, string fault)
    {
        _faultyProperties.Add(option.Name);
        _faults.Add(fault);
    }
}
