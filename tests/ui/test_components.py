"""The components draw what their arguments say, and escape it."""

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation
from django_tables2.paginators import LazyPaginator


@pytest.fixture(autouse=True)
def _in_indonesian():
    with translation.override("id"):
        yield


def draw(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def test_text_of_a_component_is_escaped():
    drawn = draw(
        "{% badge label %}{% fact label=label value=label %}{% person_chip name=label %}",
        label="<b>x</b>",
    )

    assert "<b>" not in drawn
    assert drawn.count("&lt;b&gt;x") >= 3


def test_markup_inside_a_block_stays_markup():
    drawn = draw(
        "{% panel title=title %}<p>in</p>{% endpanel %}"
        '{% timeline %}{% event at="now" title="T" %} <p>story</p> {% endevent %}{% endtimeline %}',
        title="A & B",
    )

    assert "<p>in</p>" in drawn
    assert "<p>story</p>" in drawn
    assert "A &amp; B" in drawn


def test_an_unknown_tone_is_a_mistake_of_the_page():
    with pytest.raises(TemplateSyntaxError, match="purple"):
        draw('{% badge "x" tone="purple" %}')


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in draw('{% icon "lock" %}')
    assert 'role="img" aria-label="Terkunci"' in draw('{% icon "lock" label="Terkunci" %}')


def test_an_error_is_announced_at_once_and_news_politely():
    assert 'role="alert"' in draw('{% notice "x" level="error" %}')
    assert 'role="status"' in draw('{% notice "x" level="success" %}')


def test_a_missing_fact_is_shown_as_missing():
    drawn = draw('{% fact label="Telepon" value="" %}{% fact label="Anak" value=0 %}')

    assert '<dd class="is-missing">\u2014</dd>' in drawn
    assert "<dd>0</dd>" in drawn


def test_the_stages_name_the_present_one_and_mark_what_is_done():
    drawn = draw("{% stage_steps labels=labels current=2 %}", labels=["Satu", "Dua", "Tiga"])

    assert "Tahap 2 dari 3" in drawn
    assert drawn.count('aria-current="step"') == 1
    assert drawn.count("(selesai)") == 1


def test_what_blocks_is_drawn_only_when_something_does():
    item = {"what": "Rencana belum disetujui.", "who": "kepala bidang"}

    assert draw("{% blocked items %}", items=[]).strip() == ""
    assert "Dapat dibuka oleh kepala bidang" in draw("{% blocked items %}", items=[item])


@pytest.mark.parametrize(
    ("verdict", "word"),
    [("agrees", "sama"), ("near", "mirip"), ("differs", "berbeda"), ("missing", "tidak diketahui")],
)
def test_a_comparison_says_its_verdict_in_words(verdict, word):
    row = {"label": "Nama", "left": "A", "right": "", "verdict": verdict}

    drawn = draw('{% comparison rows left="Kiri" right="Kanan" %}', rows=[row])

    assert word in drawn
    assert "\u2014" in drawn


def test_progress_asks_again_only_while_there_is_an_address():
    going = draw('{% progress value=5 total=1000 label="Baris" poll_url="/x" %}')
    done = draw('{% progress value=1000 total=1000 label="Baris" %}')

    assert 'hx-get="/x"' in going
    assert "5 dari 1.000" in going
    assert "hx-get" not in done


def test_a_chart_carries_its_figures_as_a_table():
    series = [{"label": "Dibuka", "values": [1500, None]}]

    drawn = draw(
        '{% chart id="c" title="Kasus" labels=labels series=series %}',
        labels=["Jan", "Feb"],
        series=series,
    )

    assert '<th scope="row">Jan</th><td class="num">1.500</td>' in drawn
    assert '<td class="num">\u2014</td>' in drawn
    assert '"values": [1500, null]' in drawn


def test_a_picker_keeps_the_choice_apart_from_its_words():
    drawn = draw(
        '{% picker name="village" url="/desa" label="Desa" value="35.21" text="Walikukun" %}'
    )

    assert '<input type="hidden" name="village" value="35.21"' in drawn
    assert 'role="combobox"' in drawn
    assert 'value="Walikukun"' in drawn


def pages(paginator, number, address="/?q=a&page=9"):
    request = RequestFactory().get(address)
    return draw("{% pagination page %}", page=paginator.page(number), request=request)


def test_pages_keep_the_rest_of_the_address():
    drawn = pages(Paginator(range(100), 10), 2)

    assert 'href="?q=a&amp;page=3"' in drawn
    assert "100 baris" in drawn


def test_one_page_needs_no_pages():
    assert pages(Paginator(range(3), 10), 1).strip() == ""


def test_a_list_that_is_not_counted_has_only_earlier_and_later():
    drawn = pages(LazyPaginator(range(100), 10), 2)

    assert 'rel="prev"' in drawn
    assert 'rel="next"' in drawn
    assert "baris" not in drawn


def test_the_bar_of_the_phone_takes_the_first_items_of_any_group():
    menu = [{"items": [1]}, {"items": [2, 3, 4]}]

    assert draw("{% for x in menu|first_items:3 %}{{ x }}{% endfor %}", menu=menu) == "123"
